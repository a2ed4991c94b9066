"""The moves made with proposals, and who looks after which."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from engross.apps.people.models import Term
from engross.apps.proposals.models.records import Proposal
from engross.apps.registers.models import option_field


class MoveMade(models.Model):
    """A move made with a proposal, or one taken back. It is never changed.

    `number` counts the proposal's moves. `move` is the key of the code's move, empty where it
    takes back `undoes`. `into` is the other proposal, where the move puts both together.
    `written` says which entries of registers it made or corrected, with what stood there before,
    so that they can be taken back with it. `token` is of the form that was sent: the same form
    sent twice makes one move.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="moves_made")
    number = models.PositiveIntegerField()
    move = option_field(blank=True)
    made_on = models.DateField()
    role = option_field(blank=True)
    stage = option_field(blank=True)
    route = option_field(blank=True)
    reason = models.TextField(blank=True)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT)
    into = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="moves_joining"
    )
    written = models.JSONField(default=list)
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="movemade_one_number"),
            models.CheckConstraint(
                condition=Q(undoes__isnull=True, move__gt="")
                | Q(undoes__isnull=False, move="") & ~Q(reason=""),
                name="movemade_moves_or_undoes_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.move or 'undone'} {self.made_on}"


class LeadAnalyst(Term):
    """That a member of staff looks after a proposal, from a day until another."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="analysts")

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(held_until__isnull=True),
                name="leadanalyst_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.user}"


class Absence(Term):
    """That an analyst is away, and who does their work meanwhile."""

    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Term.Meta):
        constraints = [
            *Term.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(user=F("stand_in")), name="absence_somebody_else_stands_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} away from {self.held_from}"
