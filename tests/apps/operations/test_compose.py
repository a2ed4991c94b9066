"""The services of deploy/compose.yaml, run without Docker by the commands that stand there."""

import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager

import pytest
import yaml

from tests.support.deployment import ROOT
from tests.support.postgres import free_port
from tests.support.prepared import make_database, prepared_database

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
GIVEN = {
    "SECRET_KEY": "k" * 50,
    "SITE": "localhost",
    "DATABASE_PASSWORD": "p",
    "METRICS_TOKEN": "m",
}
WITHIN_SECONDS = 120


def services():
    """Return the services as the file has them, with what .env would fill in."""
    text = (ROOT / "deploy/compose.yaml").read_text(encoding="utf-8")
    filled = re.sub(r"\$\{(\w+):[?-]([^}]*)\}", lambda found: GIVEN.get(found[1], found[2]), text)
    return yaml.safe_load(filled)["services"]


def environment(service, folder, url, bind=""):
    """Return a service's environment with this machine's database, folder and port."""
    told = {**service["environment"], "DATABASE_URL": url, "ENGROSS_VAR": str(folder),
            "ENGROSS_LOG": "json", "ENGROSS_BIND": bind}  # fmt: skip
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("ENGROSS_", "DATABASE_", "DJANGO_"))}  # fmt: skip
    return {**kept, **told}


def command(service):
    program, *arguments = service["command"]
    assert program == "engross"
    return [sys.executable, "-m", "engross", *arguments]


@contextmanager
def running(service, folder, url, bind=""):
    with (folder / f"{'-'.join(service['command'])}{bind[-5:]}.log").open("w") as log:
        process = subprocess.Popen(
            command(service), env=environment(service, folder, url, bind), cwd=folder,
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def answer(bind, path, token=""):
    headers = {"Host": "localhost", "X-Forwarded-For": "192.0.2.1"}
    headers["Authorization"] = f"Bearer {token}"
    asked = urllib.request.Request(f"http://{bind}{path}", headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=30) as got:
            return got.status, got.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


def until(wanted, bind, path):
    """Ask until the answer is the one that is wanted; fail with the last one."""
    last, end = (0, ""), time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < end:
        last = answer(bind, path)
        if last[0] == 200 and wanted in last[1]:
            return last[1]
        time.sleep(0.3)
    raise AssertionError(last)


@pytest.fixture
def url():
    """Return the address of a database of the tests' server that has its tables."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    make_database("engross_composed", server, copied_from=prepared_database(server))
    return f"{server}/engross_composed"


@pytest.mark.skipif(not ON_POSTGRES, reason="needs a database server")
def test_the_services_start_serve_and_stop_as_the_file_says(tmp_path, url):
    told = services()
    upgrade = told["upgrade"]
    subprocess.run(command(upgrade), env=environment(upgrade, tmp_path, url), check=True,
                   cwd=tmp_path)  # fmt: skip
    binds = [f"127.0.0.1:{free_port()}" for _ in range(told["web"]["deploy"]["replicas"])]
    with ExitStack() as stack:
        webs = [stack.enter_context(running(told["web"], tmp_path, url, bind)) for bind in binds]
        others = [
            stack.enter_context(running(told[name], tmp_path, url))
            for name in ("worker", "scheduler")
        ]
        for bind in binds:
            assert "hinders" in until('"warns": []', bind, "/health/ready")
            assert answer(bind, "/metrics")[0] == 404
            assert "engross_worker_alive 1.0" in answer(bind, "/metrics", GIVEN["METRICS_TOKEN"])[1]
            assert answer(bind, "/")[0] == 200
        for process in (*webs, *others):
            process.send_signal(signal.SIGTERM)
        assert [process.wait(WITHIN_SECONDS) for process in (*webs, *others)] == [0, 0, 0, 0]


def test_every_service_of_ours_runs_a_command_that_there_is():
    from engross.cli import COMMANDS

    ours = [service for service in services().values() if "build" in service]
    assert len(ours) == 4
    assert all(service["command"][1] in COMMANDS for service in ours)


def test_the_image_installs_what_is_there_and_starts_the_site():
    lines = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [part for line in lines if line.startswith("COPY ") and "--from" not in line
              for part in shlex.split(line)[1:-1]]  # fmt: skip
    assert copied
    assert all((ROOT / each).exists() for each in copied)
    assert lines[-1] == 'CMD ["engross", "serve"]'
