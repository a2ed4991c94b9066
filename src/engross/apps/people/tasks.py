"""What is done about people in the background."""

from django.utils import timezone
from django_tasks import task

from engross.apps.jobs.commands import declare_timed_job
from engross.apps.people import commands


@task
def forget_unconfirmed() -> None:
    """Forget the requests for an account whose address nobody confirmed in time."""
    commands.forget_unconfirmed(at=timezone.now())


declare_timed_job(
    "people.forget-unconfirmed", forget_unconfirmed, cron="40 3 * * *",
    meaning="Forget requests for an account whose address nobody confirmed in time",
)  # fmt: skip
