"""Other codes' changes, what they mean for this code, changes made together, and priorities."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from engross.apps.proposals.models import Proposal
from engross.apps.registers.models import Identity, RecordedRow, live_key, option_field


class OtherChange(Identity):
    """Another code's change, for good: its code and the lasting part of its reference.

    `finding`, `needs_review` and `names_us` show the latest records: projections.
    """

    written_field = "label"

    code = option_field()
    finding = option_field(blank=True)
    needs_review = models.BooleanField(default=True)
    names_us = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["needs_review", "key"], name="otherchange_by_review")]


class OtherChangeDetails(RecordedRow):
    """What another code's change is about and how it stands, as that code tells it."""

    change = models.ForeignKey(OtherChange, on_delete=models.PROTECT, related_name="details")
    code = option_field()
    reference = models.CharField(max_length=80)
    title = models.CharField(max_length=300, blank=True)
    proposer = models.CharField(max_length=200, blank=True)
    raised_on = models.DateField(null=True, blank=True)
    summary = models.CharField(max_length=2000, blank=True)
    stage = models.CharField(max_length=120, blank=True)
    route = models.CharField(max_length=120, blank=True)
    impacted_parties = models.CharField(max_length=500, blank=True)
    cross_code_impact = models.CharField(max_length=2000, blank=True)
    affected_codes = models.CharField(max_length=300, blank=True)
    implementation_state = option_field(blank=True)
    implementation = models.CharField(max_length=300, blank=True)
    implementation_on = models.DateField(null=True, blank=True)
    link = models.CharField(max_length=300, blank=True)
    last_updated = models.DateField(null=True, blank=True)
    priority = models.CharField(max_length=60, blank=True)
    lead_code = option_field(blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("otherchangedetails", "change"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["change", "recorded_at"], name="otherchange_by_change"),
        ]

    def __str__(self) -> str:
        return f"{self.change} {self.title}".strip()


class ImpactReview(RecordedRow):
    """What somebody found another code's change to mean for this code, on a day, and why."""

    change = models.ForeignKey(OtherChange, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    finding = option_field()
    grounds = models.CharField(max_length=2000)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("impactreview", "change", "reviewed_on"),
        ]

    def __str__(self) -> str:
        return f"{self.change}: {self.finding} {self.reviewed_on}"


class CrossCodeGroup(Identity):
    """Changes of several codes to one end, for good."""


class CrossCodeGroupDetails(RecordedRow):
    """What a group of changes is for, which code leads it, and the priority that code gave."""

    group = models.ForeignKey(CrossCodeGroup, on_delete=models.PROTECT, related_name="details")
    title = models.CharField(max_length=300)
    kind = option_field()
    lead_code = option_field()
    target_on = models.DateField(null=True, blank=True)
    priority = option_field(blank=True)
    priority_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=2000, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("crosscodegroupdetails", "group"),
            models.CheckConstraint(
                condition=Q(priority="", priority_on__isnull=True)
                | (~Q(priority="") & Q(priority_on__isnull=False)),
                name="crosscodegroup_priority_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.title}"


class GroupMember(RecordedRow):
    """A change that belongs to a group, of this code or of another."""

    group = models.ForeignKey(CrossCodeGroup, on_delete=models.PROTECT, related_name="members")
    code = option_field()
    reference = models.CharField(max_length=80)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("groupmember", "group", "code", "reference"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.code} {self.reference}"


class PriorityDetermination(RecordedRow):
    """The priority of a proposal from a day on: determined here, or taken over from a lead."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="priorities")
    category = option_field()
    determined_on = models.DateField()
    body = option_field(blank=True)
    answers = models.CharField(max_length=500, blank=True)
    grounds = models.CharField(max_length=2000, blank=True)
    direction_link = models.CharField(max_length=300, blank=True)
    review_by = models.DateField(null=True, blank=True)
    lead = models.CharField(max_length=120, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("prioritydetermination", "proposal", "determined_on"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["category", "proposal"], name="priority_by_category"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.category} {self.determined_on}"


class MonthlySheet(models.Model):
    """A month's sheet of all codes' changes, as it was taken in: kept to compare months.

    A later file of the same month replaces the earlier one, which stays.
    """

    month = models.DateField(help_text="The month's first day.")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-month", "-taken_at")
        constraints = [
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(replaced_at__isnull=True),
                name="monthlysheet_one_a_month",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.file_name}"


class SheetLine(models.Model):
    """A row of a month's sheet: the change's lasting key, its name, and every cell as text."""

    sheet = models.ForeignKey(MonthlySheet, on_delete=models.CASCADE, related_name="lines")
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=300)
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "key"], name="sheetline_once_a_sheet")
        ]

    def __str__(self) -> str:
        return self.label
