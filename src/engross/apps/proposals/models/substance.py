"""What a proposal would do, cost and serve; its alternatives, and the papers about it."""

from django.db import models
from django.db.models import F, Q

from engross.apps.proposals.models.records import Proposal
from engross.apps.registers.models import RecordedRow, live_key, option_field


class Solution(RecordedRow):
    """How a proposal, or an alternative of it, would solve the problem, as of a day."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="solutions")
    alternative = models.CharField(max_length=40, blank=True)
    described_on = models.DateField()
    solution = models.TextField()
    business_case = models.TextField(blank=True)
    approach = models.TextField(blank=True)
    implement_on = models.DateField(null=True, blank=True)
    paper_class = option_field(default="white")

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("solution", "proposal", "alternative", "described_on"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: solution of {self.described_on}"


class Cost(RecordedRow):
    """What a proposal would cost somebody, between a least and a most, as of a day."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="costs")
    alternative = models.CharField(max_length=40, blank=True)
    kind = option_field()
    category = option_field(blank=True)
    what = models.CharField(max_length=200)
    low_pounds = models.PositiveBigIntegerField()
    high_pounds = models.PositiveBigIntegerField(null=True, blank=True)
    stated_on = models.DateField()
    source = models.CharField(max_length=300)
    paper_class = option_field(default="white")

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("cost", "proposal", "alternative", "kind", "category", "what"),
            models.CheckConstraint(
                condition=Q(high_pounds__isnull=True) | Q(high_pounds__gte=F("low_pounds")),
                name="cost_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.what}"


class ObjectiveView(RecordedRow):
    """How a proposal serves an objective of the code, as somebody sees it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="objective_views")
    alternative = models.CharField(max_length=40, blank=True)
    view = option_field()
    objective = option_field()
    effect = option_field()
    reasons = models.TextField(blank=True)
    stated_on = models.DateField()
    paper_class = option_field(default="white")

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("objectiveview", "proposal", "alternative", "view", "objective"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.view} on {self.objective}"


class Alternative(RecordedRow):
    """Another version of a proposal, with legal text and a vote of its own."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="alternatives")
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    raised_by = models.CharField(max_length=200)
    raised_on = models.DateField()
    change_set = models.CharField(max_length=120, blank=True)
    is_preferred = models.BooleanField(default=False)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("alternative", "proposal", "name"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.name}: {self.title}"


class ProposalDocument(RecordedRow):
    """A paper about a proposal: its kind, day, version, and the legal text it goes with."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="documents")
    kind = option_field()
    title = models.CharField(max_length=300)
    written_on = models.DateField()
    version = models.CharField(max_length=40, blank=True)
    change_set = models.CharField(max_length=120, blank=True)
    change_set_version = models.PositiveIntegerField(null=True, blank=True)
    link = models.CharField(max_length=300, blank=True)
    paper_class = option_field(default="white")

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("proposaldocument", "proposal", "kind", "title", "version"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.title}"
