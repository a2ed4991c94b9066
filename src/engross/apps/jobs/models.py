"""What is done in the background: jobs that come again, and the workers that are alive.

What is to be done once stands in the table of django-tasks, whose rows join the transaction
that asks for them.
"""

from django.db import models


class TimedJob(models.Model):
    """A job that comes again: when it is due next, and when it was last given to a worker."""

    name = models.CharField(max_length=80, unique=True)
    cron = models.CharField(max_length=80)
    due_at = models.DateTimeField(db_index=True)
    given_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.cron})"


class LiveWorker(models.Model):
    """A worker that runs, and when it last said so. One that falls silent has died."""

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name
