"""Releases, the parts in which each proposal goes live, and the changes they make to the text."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

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


class ChangeSet(models.Model):
    """The legal text of a proposal, or of a change that has no proposal yet, by its name.

    It is open until a composition that takes it in is published. `paper_class` says who may read
    it; without one, all may.
    """

    name = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=300, blank=True)
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="change_sets"
    )
    published_in = models.ForeignKey(
        CodeVersion, null=True, on_delete=models.PROTECT, related_name="change_sets"
    )
    paper_class = option_field(blank=True, default="")

    def __str__(self) -> str:
        return self.name


class TextBase(models.Model):
    """What a change was drafted on: the text of a version for a day, as known at a moment.

    `base_hash` names that text, ids and all: a text that was corrected since is told by it.
    """

    base_version = models.ForeignKey(CodeVersion, on_delete=models.PROTECT, related_name="+")
    base_on = models.DateField()
    base_known_at = models.DateTimeField()
    base_hash = models.CharField(max_length=64)

    class Meta:
        abstract = True


class ChangeSetVersion(TextBase):
    """One version of a change set, as canonical JSON. It is never changed; a later one follows.

    Provisions are named by their permanent ids, `hash` is the SHA-256 of the payload, and
    `result_hash` names the text that it makes of its base.
    """

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    payload = models.TextField()
    hash = models.CharField(max_length=64)
    result_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["change_set", "number"], name="changesetversion_one_number"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="changesetversion_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change_set} version {self.number}"


class Composition(TextBase):
    """Change sets put together for a release: one attempt, which decisions complete.

    `result_hash` names the text as decided so far; `conflicts_left` says how many conflicts
    wait for a decision. A published composition has the version it made.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="compositions")
    number = models.PositiveIntegerField()
    chosen = models.ManyToManyField(ChangeSetVersion, related_name="compositions")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)
    result_hash = models.CharField(max_length=64)
    conflicts_left = models.PositiveIntegerField()
    published_version = models.OneToOneField(
        CodeVersion, null=True, on_delete=models.PROTECT, related_name="composition"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="composition_one_number"),
            models.CheckConstraint(
                condition=Q(published_version__isnull=True) | Q(conflicts_left=0),
                name="composition_published_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release}, composition {self.number}"


class CompositionConflict(models.Model):
    """A conflict as it was found: its lasting id, its kind, where it is, and all sides as JSON."""

    composition = models.ForeignKey(Composition, on_delete=models.PROTECT, related_name="conflicts")
    conflict = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    address = models.CharField(max_length=300)
    payload = models.TextField()
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["composition", "conflict"], name="compositionconflict_found_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.address}"


class ConflictResolution(models.Model):
    """What a person decided about a conflict, and why; a later decision supersedes it."""

    conflict = models.ForeignKey(
        CompositionConflict, on_delete=models.PROTECT, related_name="resolutions"
    )
    payload = models.TextField()
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conflict"],
                condition=Q(superseded_at__isnull=True),
                name="conflictresolution_one_live",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("made_at")),
                name="conflictresolution_in_order",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="conflictresolution_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.conflict} decided"
