"""`engross demo` serves the demonstration's site, until it is interrupted."""

import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.support.postgres import free_port


def test_the_site_is_served_until_it_is_interrupted(deployment, tmp_path):
    # It has taken in its records already, as with every `make demo` but the first.
    port, copy = free_port(), deployment.copied_to(tmp_path / "var")
    command = copy.command("demo", "--port", port)
    with subprocess.Popen(
        command, env=copy.environment, stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as process:
        told = ""
        for line in process.stdout:
            told += line
            if "Serving" in line:
                break
        try:
            page = _fetched(f"http://127.0.0.1:{port}/")
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Smart Energy Code" in page
    for ending in ("html", "pdf", "docx", "json"):
        path = next(line.strip() for line in told.splitlines() if line.endswith(f"report.{ending}"))
        assert Path(path).stat().st_size > 1000
    assert not _answers(port)


def _fetched(address: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
    except OSError:
        return False
    return True
