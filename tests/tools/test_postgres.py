"""The throw-away PostgreSQL starts, serves and leaves nothing behind."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support import postgres


def test_a_server_serves_and_is_removed():
    with postgres.throwaway_postgres() as url:
        with psycopg.connect(url) as connection:
            row = connection.execute("show data_directory").fetchone()
        assert row is not None
        assert Path(row[0]).exists()
    assert not Path(row[0]).parent.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


@pytest.mark.slow
def test_the_wheel_serves_where_the_machine_has_none(monkeypatch):
    if postgres.wheel_binaries() is None:
        pytest.skip("no wheel of PostgreSQL for this platform")
    monkeypatch.setattr(postgres, "machine_binaries", lambda: None)
    with postgres.throwaway_postgres() as url, psycopg.connect(url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_having_neither_says_where_it_looked(monkeypatch):
    monkeypatch.setattr(postgres, "machine_binaries", lambda: None)
    monkeypatch.setattr(postgres, "wheel_binaries", lambda: None)
    with (
        pytest.raises(postgres.NoPostgres, match="machine has none; the wheel has none"),
        postgres.throwaway_postgres(),
    ):
        pass


def test_the_newest_version_is_taken_by_number(tmp_path):
    for version in ("9", "15", "13", "snapshot"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert postgres.machine_binaries(tmp_path) == tmp_path / "15" / "bin"


def test_a_killed_run_takes_its_server_with_it():
    script = "import os, time; print(os.environ['DATABASE_URL'], flush=True); time.sleep(60)"
    command = [sys.executable, "-m", "tests.support.postgres", "--", sys.executable, "-c", script]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        url = [process.stdout.readline(), process.stdout.readline()][1].strip()
        with psycopg.connect(url):
            process.send_signal(signal.SIGTERM)
        process.wait(20)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_the_command_s_status_is_handed_on():
    command = [
        sys.executable,
        "-m",
        "tests.support.postgres",
        "--",
        sys.executable,
        "-c",
        "exit(7)",
    ]
    assert subprocess.run(command, check=False).returncode == 7
