"""What consultations need without anybody: to close on time, and to remind of it."""

from django.utils import timezone
from django_tasks import task

from engross.apps.consultations import commands
from engross.apps.jobs.commands import declare_timed_job


@task
def close_due_consultations() -> None:
    """Close the consultations whose moment has come."""
    commands.close_due_consultations(at=timezone.now())


@task
def remind_of_consultations() -> None:
    """Remind who has not answered of what closes soon."""
    commands.remind_of_consultations(on=timezone.localdate(), at=timezone.now())


declare_timed_job(
    "consultations.close", close_due_consultations, cron="* * * * *",
    meaning="Close the consultations whose moment has come",
)  # fmt: skip
declare_timed_job(
    "consultations.remind", remind_of_consultations, cron="0 9 * * *",
    meaning="Remind who has not answered of the consultations that close soon",
)  # fmt: skip
