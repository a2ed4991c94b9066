"""What releases do by themselves: on its day, what was published is noted as in force."""

import logging

from django.utils import timezone
from django_tasks import task

from engross.apps.jobs.commands import declare_timed_job
from engross.apps.releases.commands import implement_due

log = logging.getLogger(__name__)


@task
def implement() -> None:
    """Note what went live by today; what is refused is logged, and tried again tomorrow."""
    for each in implement_due(on=timezone.localdate(), at=timezone.now()):
        for reason in each.reasons:
            log.warning("%s is not noted as implemented: %s", each.due.proposal, reason)


declare_timed_job(
    "note what went live",
    implement,
    cron="10 0 * * *",
    meaning="Proposals whose version takes effect today are implemented",
)
