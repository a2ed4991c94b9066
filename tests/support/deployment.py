"""A deployment of its own for a test: its folder, its records, its command, its site.

It is run from outside, as people run it: by the `engross` command and over HTTP.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from tests.support.postgres import free_port
from tests.support.prepared import copy_file, make_database, prepared_database

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
ROOT = Path(__file__).resolve().parents[2]
WITHIN_SECONDS = 120  # a busy machine is no fault of ours
# What the server of a port writes down, kept beside its records when it has ended.
LOGS: dict[int, Path] = {}
BROKE = "Internal Server Error"
MOST_LINES = 100
EACH = """
import contextlib, io, json, sys
from engross.cli import main
told = []
for words in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        if main(words, standalone_mode=False):
            sys.exit(f"refused: {words}")
    told.append(printed.getvalue())
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Deployment:
    """A folder with the records of one code, and nothing beside it."""

    folder: Path
    code: str = "sec"
    database_url: str = ""

    # What the web server loads.
    entry: ClassVar[str] = "engross.config.wsgi"

    @property
    def environment(self) -> dict[str, str]:
        """What its processes read: nothing of the shell's own Engross or database."""
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith(("ENGROSS_", "DATABASE_", "DJANGO_"))}  # fmt: skip
        return {
            **kept,
            "ENGROSS_VAR": str(self.folder),
            "ENGROSS_CODE": self.code,
            "ENGROSS_DEMONSTRATION": "1",
            "COLUMNS": "200",
            **({"DATABASE_URL": self.database_url} if self.database_url else {}),
        }

    @property
    def database(self) -> Path:
        """The file that holds its records."""
        return self.folder / "engross.sqlite3"

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run the `engross` command to its end, and return what it said."""
        return subprocess.run(
            self.command(*arguments),
            env=self.environment,
            cwd=self.folder,
            text=True,
            check=False,
            capture_output=True,
        )

    def command(self, *arguments: object) -> list[str]:
        """Return the `engross` command as a process takes it."""
        return [sys.executable, "-m", "engross", *map(str, arguments)]

    def must(self, *arguments: object) -> str:
        """Run the command and return its output; AssertionError with its words if it fails."""
        done = self.run(*arguments)
        assert done.returncode == 0, f"engross {arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def must_each(self, *commands: Sequence[object]) -> list[str]:
        """Run commands one after another in one process, and return what each printed.

        To start Django costs a processor more than most commands do.
        """
        asked = json.dumps([[str(word) for word in words] for words in commands])
        done = subprocess.run(
            [sys.executable, "-c", EACH], input=asked, env=self.environment, cwd=self.folder,
            text=True, check=False, capture_output=True,
        )  # fmt: skip
        assert done.returncode == 0, f"engross {asked}: {done.stdout}{done.stderr}"
        told: list[str] = json.loads(done.stdout)
        return told

    def take_in_demonstration(self) -> None:
        """Do as `make demo` does: import the code's demonstration, and write its paper."""
        self.must("demo", "--code", self.code, "--no-serve", "--out", self.folder / "reports")

    def copied_to(self, folder: Path) -> "Deployment":
        """Return another deployment with the same records; nobody may be writing just now."""
        shutil.copytree(self.folder, folder)
        return Deployment(folder, self.code)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve the site on a free port and give its address; it ends with the block."""
        port = free_port()
        log = LOGS[port] = self.folder / "server.log"
        with log.open("w") as output:
            server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", self.entry,
                 "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4",
                 "--log-level", "warning", "--no-control-socket"],
                env=self.environment, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            _wait(server, f"http://127.0.0.1:{port}/theme.css", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            # At once: what a browser keeps open is nobody's to finish.
            server.send_signal(signal.SIGINT)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def on_tested_database(
    folder: Path, name: str, code: str = "example", *, has_tables: bool = True
) -> Deployment:
    """Return an empty deployment on the kind of database that this run of the tests is about.

    On PostgreSQL its database has a name, and what another run left there goes.
    """
    folder.mkdir(exist_ok=True)
    if not ON_POSTGRES:
        return prepared_deployment(folder, code) if has_tables else Deployment(folder, code)
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    make_database(name, server, copied_from=prepared_database(server) if has_tables else "")
    return Deployment(folder, code, f"{server}/{name}")


def prepared_deployment(folder: Path, code: str = "example") -> Deployment:
    """Return an empty deployment on SQLite that need not make its tables first."""
    made = Deployment(folder, code)
    copy_file(made.database)
    return made


def words_of_server(address: str) -> str:
    """Return what a site's server wrote from its first fault on, or the end of what it wrote."""
    log = LOGS.get(urlsplit(address).port or 0)
    lines = log.read_text(errors="replace").splitlines() if log and log.exists() else []
    first = next((at for at, line in enumerate(lines) if BROKE in line), len(lines) - MOST_LINES)
    return "\n".join(lines[max(first, 0) :][:MOST_LINES])


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The site does not answer: {log.read_text()}")


def fetched(site: str, path: str) -> Any:
    """Return what the site's API answers at an address, as JSON holds it."""
    with urllib.request.urlopen(f"{site}{path}", timeout=WITHIN_SECONDS) as answer:
        return json.load(answer)
