"""`engross worker` and `engross scheduler`: what is done in the background, and when."""

import logging
import os
import signal
import socket
import threading
from datetime import datetime
from types import FrameType
from typing import TYPE_CHECKING

import click

from engross.cli.django_setup import set_up
from engross.core.refusals import Reason, Refused

if TYPE_CHECKING:
    from django_tasks_db.management.commands.db_worker import Worker

BEAT_SECONDS = 15.0
_log = logging.getLogger("engross.jobs")


@click.command("worker", short_help="Do tasks: mail, digests, files made anew.")
@click.option("--once", is_flag=True, help="Do what waits, then exit.")
@click.option("--interval", type=click.FloatRange(0.05, 60), default=1.0, show_default=True,
              help="Seconds between looks for work.")  # fmt: skip
def worker(*, once: bool, interval: float) -> None:
    """Do the tasks that the site and the scheduler hand out, until SIGTERM or Ctrl-C.

    The task in hand is finished first. Run as many workers as you like: each task is done by
    one of them, and what a worker had in hand when it died is given to another.

    \b
    Example:
      ENGROSS_TASKS=database engross worker
    """
    set_up()
    _refuse_without_queue()
    name = f"{socket.gethostname()[:40]}:{os.getpid()}:{os.urandom(3).hex()}"
    made = _worker(name, once=once, interval=interval)
    made.configure_signals()
    _say_alive(name)
    stop = threading.Event()
    beating = threading.Thread(target=_beat, args=(name, stop), daemon=True)
    beating.start()
    try:
        made.run()
    finally:
        stop.set()
        beating.join()
        _say_goodbye(name)


@click.command("scheduler", short_help="Hand out the jobs that come again, when due.")
@click.option("--once", is_flag=True, help="Hand out what is due now, then exit; for cron.")
@click.option("--interval", type=click.FloatRange(1, 600), default=20.0, show_default=True,
              help="Seconds between looks at the table.")  # fmt: skip
@click.option("--list", "is_list", is_flag=True, help="Print the jobs and when each comes next.")
def scheduler(*, once: bool, interval: float, is_list: bool) -> None:
    """Hand the jobs that are due to the workers, until SIGTERM or Ctrl-C.

    Times are the code's local times. Two schedulers may run: each job is handed out once.

    \b
    Example:
      engross scheduler --once
    """
    set_up()
    from engross.apps.jobs import commands

    commands.keep_timetable(at=_now())
    if is_list:
        _print_timetable()
        return
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    while True:
        for name in commands.give_out_due_jobs(at=_now()):
            _log.info("Handed out %s", name)
        if once or ended.wait(interval):
            return


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def _refuse_without_queue() -> None:
    from django.conf import settings

    if settings.ENGROSS_TASKS != "database":
        what = "This deployment does its tasks in the site's own process, so no worker is needed"
        raise Refused(Reason(what, "Set ENGROSS_TASKS=database for the site and its workers"))


def _print_timetable() -> None:
    from django.utils import timezone

    from engross.apps.jobs.commands import declared_jobs
    from engross.apps.jobs.models import TimedJob

    meanings = {name: job.meaning for name, job in declared_jobs().items()}
    for row in TimedJob.objects.order_by("due_at", "name"):
        due = timezone.localtime(row.due_at)
        click.echo(f"{due:%Y-%m-%d %H:%M}  {row.cron:16}  {row.name}: {meanings[row.name]}")


def _worker(name: str, *, once: bool, interval: float) -> "Worker":
    from django_tasks_db.management.commands.db_worker import Worker

    class Polite(Worker):
        """A worker that leaves on a signal without a traceback, as one that has finished."""

        def shutdown(self, signum: int, frame: FrameType | None) -> None:
            if self.running and self.running_task:
                self.running = False
                return
            super().shutdown(signum, frame)

    return Polite(
        queue_names=["*"], interval=interval, batch=once, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id=name, excluded_queue_names=[],
    )  # fmt: skip


def _say_alive(name: str) -> None:
    from engross.apps.jobs import commands

    commands.note_worker(name, at=_now())
    if anew := commands.give_out_orphans(at=_now()):
        _log.warning("Took back %s tasks whose worker had died", anew)


def _say_goodbye(name: str) -> None:
    from engross.apps.jobs import commands

    commands.dismiss_worker(name)


def _beat(name: str, stop: threading.Event) -> None:
    """Say every few seconds that the worker lives, and look after what others left."""
    from django.db import DatabaseError, connections

    while not stop.wait(BEAT_SECONDS):
        try:
            _say_alive(name)
        except DatabaseError:
            # The worker's own loop meets the same database and tells; the next beat tries again.
            _log.warning("The worker could not say that it lives", exc_info=True)
    connections.close_all()
