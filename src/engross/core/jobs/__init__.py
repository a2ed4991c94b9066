"""When jobs are done that come again: times told as cron text, in the code's local time."""

from engross.core.jobs.cron import Cron

__all__ = ["Cron"]
