"""Releases, and the parts in which each proposal goes live."""

from django.db import models

from engross.apps.legaltext.models import CodeVersion
from engross.apps.proposals.models import Proposal
from engross.apps.registers.models import Identity, RecordedRow, live_key, option_field


class Release(Identity):
    """A release, known by its name."""


class ReleaseDetails(RecordedRow):
    """When a release goes live, and what kind it is."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="details")
    kind = option_field()
    released_on = models.DateField()
    scope = models.CharField(max_length=300, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [*RecordedRow.Meta.constraints, live_key("releasedetails", "release")]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["released_on"], name="releasedetails_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.release} on {self.released_on}"


class Tranche(RecordedRow):
    """A part of a proposal that goes live on its own: in which release, how sure, when."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="tranches")
    sequence = models.PositiveSmallIntegerField(default=1)
    state = option_field()
    release = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.PROTECT, related_name="tranches"
    )
    version = models.ForeignKey(
        CodeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="tranches"
    )
    implemented_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("tranche", "proposal", "sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} part {self.sequence}: {self.state}"
