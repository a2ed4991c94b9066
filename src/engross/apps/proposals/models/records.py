"""Proposals to change the code, and everything dated about them."""

from django.db import models
from django.db.models import F, Q

from engross.apps.meetings.models import Meeting
from engross.apps.registers.models import (
    HeldRow,
    Identity,
    RecordedRow,
    live_key,
    option_field,
)


class Proposal(Identity):
    """A proposal, for good: number and suffix. Its prefix is a view of its stage.

    `label`, `stage` and `stage_since` show the latest recorded move: projections.
    """

    written_field = "label"

    number = models.PositiveIntegerField(null=True, blank=True)
    suffix = models.CharField(max_length=2, blank=True)
    legacy_form = option_field(blank=True)
    stage = option_field(blank=True)
    stage_since = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["stage", "key"], name="proposal_by_stage"),
            # The order of the list, which is thousands of rows long and shown by the page.
            models.Index(fields=["number", "suffix", "key"], name="proposal_by_number"),
        ]


class ProposalDetails(RecordedRow):
    """What a proposal is about, who raised it and when, and which route it takes."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="details")
    title = models.CharField(max_length=300)
    raised_on = models.DateField(null=True, blank=True)
    proposer = models.CharField(max_length=200, blank=True)
    proposer_category = option_field(blank=True)
    route = option_field(blank=True)
    is_urgent = models.BooleanField(default=False)
    parent = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="child_details"
    )
    summary = models.CharField(max_length=2000, blank=True)
    link = models.CharField(max_length=300, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("proposaldetails", "proposal"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["raised_on"], name="proposaldetails_by_raised"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.title}"


class StageMove(RecordedRow):
    """A proposal entered a stage. A day that is not known is empty, and counts nowhere."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="moves")
    stage = option_field()
    moved_on = models.DateField(null=True, blank=True)
    body = option_field(blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("stagemove", "proposal", "stage", "moved_on"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["proposal", "moved_on"], name="stagemove_by_proposal"),
            models.Index(fields=["stage", "moved_on"], name="stagemove_by_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.stage} {self.moved_on}"


class HoldSpell(HeldRow):
    """A time in which a proposal was on hold."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="holds")
    ground = models.CharField(max_length=300, blank=True)

    class Meta(HeldRow.Meta):
        constraints = [*HeldRow.Meta.constraints, live_key("holdspell", "proposal", "held_from")]

    def __str__(self) -> str:
        return f"{self.proposal} on hold from {self.held_from}"


class Assessment(RecordedRow):
    """An assessment of a proposal: accepted, returned, its target and how days are counted."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="assessments")
    kind = option_field()
    sequence = models.PositiveSmallIntegerField(default=1)
    accepted_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    target_working_days = models.PositiveIntegerField()
    convention = option_field()

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("assessment", "proposal", "kind", "sequence"),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True)
                | Q(accepted_on__isnull=True)
                | Q(returned_on__gte=F("accepted_on")),
                name="assessment_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.kind}"


class Decision(RecordedRow):
    """What a body decided about a proposal on a day."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    body = option_field()
    decided_on = models.DateField()
    outcome = option_field()
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("decision", "proposal", "body", "decided_on", "outcome"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["decided_on"], name="decision_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.outcome} {self.decided_on}"


class Impact(RecordedRow):
    """Something a proposal would affect: a Party Category, a document, a role."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="impacts")
    kind = option_field()
    affected = models.CharField(max_length=120)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("impact", "proposal", "kind", "affected"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.affected}"


class ProposalLink(RecordedRow):
    """How a proposal stands to another one, of this code or of another."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="links")
    relation = option_field()
    other_code = models.CharField(max_length=40, blank=True)
    other = models.CharField(max_length=120)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("proposallink", "proposal", "relation", "other_code", "other"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.relation} {self.other}"
