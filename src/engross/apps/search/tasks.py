"""Bringing what can be found up to date in the background."""

from django_tasks import task

from engross.apps.jobs.commands import declare_timed_job
from engross.apps.search import commands


@task
def refresh() -> None:
    """Take in what was recorded since the last time, however much that is."""
    commands.refresh()


declare_timed_job(
    "search.refresh", refresh, cron="*/5 * * * *",
    meaning="Take what was recorded into the search, where a search has not done so itself",
)  # fmt: skip
