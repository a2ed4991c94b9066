"""`engross worker` and `engross scheduler` as processes: killed, told to stop, asked twice."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner

from engross.cli import main
from tests.support.deployment import Deployment
from tests.support.postgres import free_port
from tests.support.prepared import copy_file

pytestmark = pytest.mark.once

WITHIN_SECONDS = 120
MAILS = 40
# Every start of Django costs seconds, so one script prepares all that the tests need.
PREPARE = f"""
from engross.cli.django_setup import set_up
set_up()
from django.db import transaction
from django.utils import timezone
from engross.apps.jobs.commands import keep_timetable
from engross.apps.mail.commands import queue_written_mail

keep_timetable(at=timezone.now())
with transaction.atomic():
    for count in range({MAILS}):
        queue_written_mail(template="test", to=f"reader{{count}}@example.org", subject=str(count),
                           text="Hello", is_secret=False, at=timezone.now())
"""


class SlowInbox:
    """An SMTP server's handler that takes its time over each mail."""

    def __init__(self) -> None:
        self.subjects = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.subjects.append(str(message_from_bytes(envelope.content)["Subject"]))
        await asyncio.sleep(0.05)
        return "250 taken"


class Background(Deployment):
    """A deployment whose tasks are done by workers, and whose mail goes to a test's server."""

    port = 0

    @property
    def environment(self):
        mail = f"smtp://127.0.0.1:{self.port}"
        return {**super().environment, "ENGROSS_TASKS": "database", "EMAIL_URL": mail}

    def sql(self, statement: str, *values: object) -> list[tuple]:
        """Run one statement on the database, and return its rows."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start the `engross` command and return its process."""
        return subprocess.Popen(self.command(*arguments), env=self.environment, cwd=self.folder)


@pytest.fixture(scope="module")
def inbox():
    """Return the handler of a real SMTP server, slow enough to be interrupted."""
    handler, port = SlowInbox(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    Background.port = port
    yield handler
    controller.stop()


@pytest.fixture(scope="module")
def deployment(inbox, tmp_path_factory):
    """Return a deployment with nothing but mail to send and jobs that come again."""
    made = Background(tmp_path_factory.mktemp("background"))
    copy_file(made.database)
    done = subprocess.run([sys.executable, "-c", PREPARE], env=made.environment, text=True,
                          cwd=made.folder, capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return made


def _until(reached) -> None:
    ends = time.monotonic() + WITHIN_SECONDS
    while not reached():
        assert time.monotonic() < ends, "It did not happen in time"
        time.sleep(0.02)


def test_a_worker_that_is_killed_loses_no_mail_and_one_that_is_stopped_finishes(deployment, inbox):
    killed = deployment.start("worker")
    _until(lambda: len(inbox.subjects) >= 5)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    # A worker that died is only silent at first; nobody waits a minute for that here.
    deployment.sql("DELETE FROM jobs_liveworker")
    stopped = deployment.start("worker")
    _until(lambda: len(inbox.subjects) >= 12)
    stopped.send_signal(signal.SIGTERM)
    assert stopped.wait(WITHIN_SECONDS) == 0
    assert len(inbox.subjects) == len(set(inbox.subjects)), "A mail went twice"
    states = dict(deployment.sql("SELECT subject, state FROM mail_mail"))
    assert len(states) == MAILS
    unsure = {subject for subject, state in states.items() if state != "sent"}
    assert len(unsure) <= 1
    assert all(states[each] == "sending" for each in unsure)  # told as failed, ten minutes on
    assert set(states) - set(inbox.subjects) <= unsure
    assert deployment.sql("SELECT name FROM jobs_liveworker") == []


def test_a_job_that_is_due_is_handed_out_once_by_two_schedulers(deployment):
    deployment.sql("UPDATE jobs_timedjob SET due_at = '2999-01-01 00:00:00'")
    deployment.sql("UPDATE jobs_timedjob SET due_at = '2021-01-01 00:00:00' "
                   "WHERE name = 'mail.send-due'")  # fmt: skip
    count = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'"
    before = deployment.sql(count)[0][0]
    both = [deployment.start("scheduler", "--once") for _ in range(2)]
    assert [each.wait(WITHIN_SECONDS) for each in both] == [0, 0]
    assert deployment.sql(count)[0][0] == before + 1


@pytest.mark.django_db
def test_a_worker_where_the_site_does_its_own_tasks_is_refused():
    done = CliRunner().invoke(main, ["worker", "--once"])
    assert done.exit_code == 1
    assert "Set ENGROSS_TASKS=database" in done.stderr
