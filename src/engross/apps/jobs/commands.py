"""Jobs that come again, given out once when due; and tasks whose worker died, given out anew."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from engross.apps.jobs.models import LiveWorker, TimedJob
from engross.core.jobs import Cron

# A worker says every few seconds that it lives; after this long without a word it does not.
SILENCE = timedelta(seconds=60)
# A task that was in hand when so many workers died has most likely killed them.
MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class Declared:
    """A job as its app declares it: its task, when it comes, and what it is for."""

    name: str
    enqueue: Callable[[], Any]
    cron: Cron
    meaning: str


_declared: dict[str, Declared] = {}


def declare_timed_job(name: str, task: Any, *, cron: str, meaning: str) -> None:
    """Make a job known that comes again; an app's `tasks.py` does so for each of its own.

    `cron` is in the code's local time. Raises ValueError for a name that there is already.
    """
    if name in _declared:
        raise ValueError(f"There is a timed job {name} already")
    _declared[name] = Declared(name, task.enqueue, Cron.parse(cron), meaning)


def declared_jobs() -> dict[str, Declared]:
    """Return the jobs that the apps declare, by name."""
    autodiscover_modules("tasks")
    return dict(sorted(_declared.items()))


def ask_for(name: str) -> None:
    """Ask that a declared job be done now; the request joins the caller's transaction.

    Raises LookupError if no app declares it.
    """
    declared_jobs()[name].enqueue()


@transaction.atomic
def keep_timetable(*, at: datetime) -> None:
    """Bring the table of timed jobs in step with what the apps declare."""
    declared = declared_jobs()
    TimedJob.objects.exclude(name__in=declared).delete()
    known = dict(TimedJob.objects.order_by("name").values_list("name", "cron"))
    for name, job in declared.items():
        if known.get(name) != job.cron.text:
            due_at = job.cron.next_after(at, timezone.get_current_timezone())
            fields = {"cron": job.cron.text, "due_at": due_at}
            TimedJob.objects.update_or_create(name=name, defaults=fields)


def give_out_due_jobs(*, at: datetime) -> list[str]:
    """Hand each job that is due to the workers, and return their names.

    Two schedulers may do so at once: the one whose update finds the row as it was read gives
    the job out, in that transaction. A job that was missed several times comes once.
    """
    declared = declared_jobs()
    due = TimedJob.objects.filter(due_at__lte=at, name__in=declared).order_by("due_at", "name")
    return [row.name for row in due if _give_out(declared[row.name], row, at=at)]


@transaction.atomic
def _give_out(job: Declared, row: TimedJob, *, at: datetime) -> bool:
    due_at = job.cron.next_after(at, timezone.get_current_timezone())
    unchanged = TimedJob.objects.filter(pk=row.pk, due_at=row.due_at)
    if not unchanged.update(due_at=due_at, given_at=at):
        return False
    job.enqueue()
    return True


def note_worker(name: str, *, at: datetime) -> None:
    """Write down that a worker lives."""
    LiveWorker.objects.update_or_create(
        name=name, defaults={"seen_at": at}, create_defaults={"seen_at": at, "started_at": at}
    )


def dismiss_worker(name: str) -> None:
    """Strike out a worker that ends."""
    LiveWorker.objects.filter(name=name).delete()


@transaction.atomic
def give_out_orphans(*, at: datetime) -> int:
    """Give out anew each task whose worker died, and return how many.

    A task that outlived its workers too often fails, so that it cannot stop the others.
    """
    LiveWorker.objects.filter(seen_at__lt=at - SILENCE).delete()
    living = set(LiveWorker.objects.order_by("name").values_list("name", flat=True))
    running = DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING)
    orphans = [task for task in running.order_by("pk") if task.worker_ids[-1] not in living]
    for task in orphans:
        _give_anew(task, at=at)
    return len(orphans)


def _give_anew(task: DBTaskResult[Any, Any], *, at: datetime) -> None:
    task.status, task.started_at = TaskResultStatus.READY, None
    if len(task.worker_ids) >= MOST_ATTEMPTS:
        task.status, task.finished_at = TaskResultStatus.FAILED, at
        task.traceback = f"{len(task.worker_ids)} workers died while they ran it"
    task.save(update_fields=["status", "started_at", "finished_at", "traceback"])


def forget_done_tasks(*, before: datetime) -> int:
    """Delete the tasks that succeeded before a moment, and return how many; failures stay."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=before)
    return done.delete()[0]
