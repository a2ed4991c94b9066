"""What is done about stored files in the background."""

from django.utils import timezone
from django_tasks import task

from engross.apps.files import commands
from engross.apps.jobs.commands import declare_timed_job


@task
def delete_strays() -> None:
    """Delete what uploads left that were killed before they were done."""
    commands.delete_strays(at=timezone.now())


declare_timed_job(
    "files.delete-strays", delete_strays, cron="50 3 * * *",
    meaning="Delete what uploads left that were killed before they were done",
)  # fmt: skip
