"""Who holds which seat of a body, and what bodies voted on: ballots, and results as frozen."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from engross.apps.meetings.models import Meeting
from engross.apps.people.models import BodyMembership
from engross.apps.proposals.models import Proposal
from engross.apps.registers.models import HeldRow, live_key, option_field


class SeatHolding(HeldRow):
    """That an organisation holds a seat of a body from a day until another.

    `place` is the seat's number in its group, or the Voting Group that it belongs to.
    """

    seat = option_field()
    place = models.CharField(max_length=120)
    organisation = models.CharField(max_length=200)

    class Meta(HeldRow.Meta):
        constraints = [
            *HeldRow.Meta.constraints,
            live_key("seatholding", "seat", "place", "held_from"),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.place}: {self.organisation}"


class Seating(models.Model):
    """On which seat a person sits in a term on a body, or for which seat they stand in.

    The term says who, from when until when, and whether as a member or as an alternate.
    """

    membership = models.OneToOneField(
        BodyMembership, on_delete=models.PROTECT, related_name="seating"
    )
    seat = option_field()
    place = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["seat", "place"], name="seating_by_seat")]

    def __str__(self) -> str:
        return f"{self.membership}: {self.seat} {self.place}"


class Vote(models.Model):
    """A question that a body votes on, from when until when, and what came of it.

    `seats_at_opening` are the seats as they were when it opened. The result is frozen with the
    electorate that it rests on.
    """

    body = option_field()
    title = models.CharField(max_length=300)
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="votes"
    )
    alternative = models.CharField(max_length=120, blank=True)
    is_recommendation = models.BooleanField(default=False)
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="votes"
    )
    rule = option_field()
    paper_class = option_field()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    seats_at_opening = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True, help_text="When somebody closed or withdrew it.")
    withdrawn_because = models.TextField(blank=True)
    counted_at = models.DateTimeField(null=True)
    outcome = option_field(blank=True)
    result = models.JSONField(null=True)
    result_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="vote_opens_before_it_closes"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_because="")
                | Q(ended_at__isnull=False, counted_at__isnull=True),
                name="vote_withdrawn_is_ended_and_not_counted",
            ),
            models.CheckConstraint(
                condition=Q(
                    counted_at__isnull=True, result__isnull=True, result_hash="", outcome=""
                )
                | (Q(counted_at__isnull=False, result__isnull=False) & ~Q(result_hash="")),
                name="vote_counted_has_a_result",
            ),
            models.UniqueConstraint(
                fields=["proposal", "alternative", "body"],
                condition=Q(counted_at__isnull=True, withdrawn_because=""),
                name="vote_one_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "closes_at"], name="vote_by_body"),
            models.Index(fields=["closes_at"], name="vote_by_close"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        """Say whether the vote was taken back."""
        return bool(self.withdrawn_because)


class Ballot(models.Model):
    """What the holder of a seat answered; one that was changed stays, as replaced.

    `person` is whose ballot it is, where they have an account. `by_secretary` says that it was
    recorded for them.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    seat = option_field()
    place = models.CharField(max_length=120)
    choice = option_field()
    reason = models.TextField(blank=True)
    objectives = models.JSONField(default=dict, help_text="What is said of each objective.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_secretary = models.BooleanField(default=False)
    cast_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["vote", "seat", "place"],
                condition=Q(superseded_at__isnull=True),
                name="ballot_one_for_each_seat",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.place}: {self.choice}"
