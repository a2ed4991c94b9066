"""What somebody says is wrong with the code, before a proposal is raised of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from engross.apps.proposals.models.records import Proposal
from engross.apps.registers.models import option_field

STATES = ("waiting", "commented", "raised", "ended")


class ProblemStatement(models.Model):
    """A problem as somebody described it, what the administrator says of it, what came of it.

    It waits for comments from `submitted_on`; with them, or once their time is over, whoever
    described it may raise a proposal. `proposer` is the organisation for which it is raised.
    """

    title = models.CharField(max_length=300)
    problem = models.TextField()
    affected = models.JSONField(default=list)
    proposer = models.CharField(max_length=200, blank=True)
    proposer_category = option_field(blank=True)
    state = models.CharField(max_length=20, default="waiting")
    submitted_on = models.DateField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField()
    comments = models.TextField(blank=True)
    commented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    commented_at = models.DateTimeField(null=True)
    token = models.UUIDField(unique=True)
    proposal = models.OneToOneField(
        Proposal, null=True, on_delete=models.PROTECT, related_name="statement"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=STATES), name="problemstatement_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="raised") | Q(proposal__isnull=False),
                name="problemstatement_raised_has_its_proposal",
            ),
        ]

    def __str__(self) -> str:
        return self.title
