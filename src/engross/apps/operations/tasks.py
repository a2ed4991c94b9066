"""What watches over personal data in the background."""

from django.utils import timezone
from django_tasks import task

from engross.apps.jobs.commands import declare_timed_job
from engross.apps.operations.commands.personal import forget_overdue


@task
def forget_what_is_overdue() -> None:
    """Forget the personal data that need not be kept any longer."""
    forget_overdue(on=timezone.localdate(), at=timezone.now())


declare_timed_job(
    "operations.forget", forget_what_is_overdue, cron="20 3 * * *",
    meaning="Forget personal data that need not be kept any longer",
)  # fmt: skip
