"""What timetables do by themselves: tell of steps that slip."""

from django.utils import timezone
from django_tasks import task

from engross.apps.jobs.commands import declare_timed_job
from engross.apps.timetables.commands import tell_of_slips


@task()
def tell_who_waits_of_slips() -> None:
    """Mail about steps that will end later than planned, once for each slip."""
    tell_of_slips(on=timezone.localdate(), at=timezone.now())


declare_timed_job(
    "timetables.slips", tell_who_waits_of_slips, cron="30 6 * * 1-5",
    meaning="mail about steps of timetables that slip",
)  # fmt: skip
