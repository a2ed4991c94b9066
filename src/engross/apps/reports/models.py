"""What teams write for a paper, and papers as they were issued."""

from django.conf import settings
from django.db import models

from engross.apps.proposals.models import Proposal
from engross.apps.registers.models import RecordedRow, live_key, option_field


class Highlight(RecordedRow):
    """A sentence or two that a team writes for a section of a paper, for one month."""

    paper = models.CharField(max_length=60)
    month = models.DateField(help_text="The first day of the month.")
    section = option_field()
    position = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=2000)
    paper_class = option_field(default="white")

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("highlight", "paper", "month", "section", "position"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.month:%Y-%m} {self.section}"


class IssuedPaper(models.Model):
    """A paper as issued: its figures are frozen under a hash. Rows are added, never changed."""

    paper = models.CharField(max_length=60)
    month = models.DateField()
    version = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    content = models.JSONField(help_text="The paper as JSON, with its figures and their rows.")
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "month", "version"], name="issuedpaper_one_of_each_version"
            )
        ]
        ordering = ("-month", "paper", "-version")

    def __str__(self) -> str:
        return f"{self.paper} {self.month:%Y-%m} version {self.version}"


class PublishedFigures(models.Model):
    """Figures of a month's paper as it was published elsewhere. Rows are added, never changed."""

    paper = models.CharField(max_length=60)
    month = models.DateField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "month", "sha256"], name="publishedfigures_each_file_once"
            )
        ]
        ordering = ("-recorded_at", "-id")

    def __str__(self) -> str:
        return f"{self.file_name} of {self.paper} {self.month:%Y-%m}"


class IssuedReport(models.Model):
    """A report on a proposal as issued: frozen under a hash. Rows are added, never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="issued_reports")
    kind = option_field()
    version = models.PositiveSmallIntegerField()
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    content = models.JSONField(help_text="The report as JSON, with its tables.")
    sha256 = models.CharField(max_length=64)
    document = models.UUIDField(help_text="Its entry in the register of documents.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "kind", "version"], name="issuedreport_one_of_each_version"
            )
        ]
        ordering = ("-issued_at", "-pk")

    def __str__(self) -> str:
        return f"{self.proposal} {self.kind} version {self.version}"
