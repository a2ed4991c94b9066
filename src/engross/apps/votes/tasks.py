"""What votes need without anybody: to remind who has not voted."""

from django.utils import timezone
from django_tasks import task

from engross.apps.jobs.commands import declare_timed_job
from engross.apps.votes import commands


@task
def remind_of_votes() -> None:
    """Remind who has not voted of the votes that close soon."""
    commands.remind_voters(at=timezone.now())


declare_timed_job(
    "votes.remind", remind_of_votes, cron="0 9 * * *",
    meaning="Remind who has not voted of the votes that close soon",
)  # fmt: skip
