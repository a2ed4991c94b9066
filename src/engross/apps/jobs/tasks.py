"""What keeps the background work itself in order."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from engross.apps.jobs import commands

KEPT = timedelta(days=30)


@task
def forget_done_tasks() -> None:
    """Delete the tasks that succeeded a month ago."""
    commands.forget_done_tasks(before=timezone.now() - KEPT)


commands.declare_timed_job(
    "jobs.forget-done", forget_done_tasks, cron="40 3 * * *",
    meaning="Delete the tasks that succeeded a month ago",
)  # fmt: skip
