"""What timetables do by themselves: tell of steps that slip, and of papers that are due."""

from django.utils import timezone
from django_tasks import task

from engross.apps.jobs.commands import declare_timed_job
from engross.apps.timetables import commands


@task()
def tell_who_waits_of_slips() -> None:
    """Mail about steps that will end later than planned, once for each slip."""
    commands.tell_of_slips(on=timezone.localdate(), at=timezone.now())


declare_timed_job(
    "timetables.slips", tell_who_waits_of_slips, cron="30 6 * * 1-5",
    meaning="mail about steps of timetables that slip",
)  # fmt: skip


@task()
def tell_of_papers_due() -> None:
    """Mail about papers that are due for a meeting and not there."""
    commands.tell_of_papers_due(on=timezone.localdate(), at=timezone.now())


declare_timed_job(
    "timetables.papers", tell_of_papers_due, cron="0 9 * * 1-5",
    meaning="mail about papers that are due for a meeting and not there",
)  # fmt: skip
