"""The timetables that were approved: what was planned stays as it was planned."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from engross.apps.proposals.models import Proposal


class Timetable(models.Model):
    """A proposal's timetable as approved on a day. It is never changed; a later one follows.

    `steps` holds, in order, each step's key with its first and last day as planned, `left_out`
    the steps that it does not take, `lengths` other lengths than the code's, in Working Days.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="timetables")
    number = models.PositiveIntegerField()
    approved_on = models.DateField()
    steps = models.JSONField()
    left_out = models.JSONField(default=list)
    lengths = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="timetable_one_number"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="timetable_change_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}, timetable {self.number}"
