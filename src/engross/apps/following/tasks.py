"""Telling news in the background: at once every minute, the rest at a set time of day."""

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from engross.apps.following import commands
from engross.apps.jobs.commands import declare_timed_job
from engross.core.following import Rhythm


@task
def tell_at_once() -> None:
    """Tell the news that is told at once."""
    commands.tell_news(Rhythm.INSTANT, on=timezone.localdate(), at=timezone.now())


@task
def tell_round() -> None:
    """Tell the day's news, and the week's if it is its day."""
    commands.tell_round(on=timezone.localdate(), at=timezone.now())


_hour, _, _minute = settings.ENGROSS_NEWS_AT.partition(":")
declare_timed_job(
    "following.at-once", tell_at_once, cron="* * * * *",
    meaning="Tell what is new to those who want it at once",
)  # fmt: skip
declare_timed_job(
    "following.round", tell_round, cron=f"{_minute or 0} {_hour} * * *",
    meaning="Tell what is new on each Working Day, and once a week",
)  # fmt: skip
