"""Exchanging with other programs in the background: webhooks and bulk files."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from engross.apps.exchange import commands
from engross.apps.jobs.commands import declare_timed_job

MOST = 100
KEPT = timedelta(days=30)


@task
def tell_webhooks() -> None:
    """Queue what changed for the webhooks and send what is due; ask for another round if full."""
    commands.queue_changes(on=timezone.localdate(), at=timezone.now())
    send_due.enqueue()


@task
def send_due() -> None:
    """Send what is due to webhooks; ask for another round if there may be more."""
    done = commands.send_due_messages(on=timezone.localdate(), clock=timezone.now, most=MOST)
    if done == MOST:
        send_due.enqueue()


@task
def remake_bulk_files() -> None:
    """Write the bulk files anew whose content changed."""
    commands.remake_bulk_files(at=timezone.now())


@task
def forget_deliveries() -> None:
    """Delete what webhooks took a month ago."""
    commands.forget_deliveries(before=timezone.now() - KEPT)


declare_timed_job(
    "exchange.webhooks", tell_webhooks, cron="* * * * *",
    meaning="Tell webhooks what changed, and try again what they did not take",
)  # fmt: skip
declare_timed_job(
    "exchange.bulk", remake_bulk_files, cron="*/10 * * * *",
    meaning="Write the bulk files anew whose content changed",
)  # fmt: skip
declare_timed_job(
    "exchange.forget-deliveries", forget_deliveries, cron="50 3 * * *",
    meaning="Delete what webhooks took a month ago",
)  # fmt: skip
