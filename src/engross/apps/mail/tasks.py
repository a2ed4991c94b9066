"""Sending mail in the background: at once when it is queued, and again when a wait is over."""

from django.utils import timezone
from django_tasks import task

from engross.apps.jobs.commands import declare_timed_job
from engross.apps.mail import commands

MOST = 100


@task
def send_due() -> None:
    """Send what is due; ask for another round if there may be more, so that a worker can stop."""
    if commands.send_due_mail(clock=timezone.now, most=MOST) == MOST:
        send_due.enqueue()


declare_timed_job(
    commands.SEND_DUE, send_due, cron="*/5 * * * *",
    meaning="Send what waits in the outbox, and try again what could not be handed over",
)  # fmt: skip
