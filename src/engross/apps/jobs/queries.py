"""How the background work stands."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from engross.apps.jobs.models import LiveWorker


class Backlog(NamedTuple):
    """Tasks that wait, run and failed; since when the oldest waits; when a worker was last seen.

    `needs_worker` is False where the site does its tasks itself.
    """

    needs_worker: bool
    waiting: int
    running: int
    failed: int
    oldest_at: datetime | None
    worker_seen_at: datetime | None

    def has_worker(self, *, at: datetime) -> bool:
        """Say whether somebody does the tasks: a worker seen a minute ago, or the site."""
        seen = self.worker_seen_at
        return not self.needs_worker or (seen is not None and at - seen < timedelta(minutes=1))


def backlog() -> Backlog:
    """Return how the background work stands now."""
    waits, runs, failed = (
        Q(status=TaskResultStatus.READY),
        Q(status=TaskResultStatus.RUNNING),
        Q(status=TaskResultStatus.FAILED),
    )
    found = DBTaskResult.objects.order_by().aggregate(
        waiting=Count("pk", filter=waits),
        running=Count("pk", filter=runs),
        failed=Count("pk", filter=failed),
        oldest_at=Min("enqueued_at", filter=waits),
    )
    seen = LiveWorker.objects.aggregate(worker_seen_at=Max("seen_at"))
    return Backlog(needs_worker=settings.ENGROSS_TASKS == "database", **found, **seen)
