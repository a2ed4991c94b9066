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


class ScopeEntry(RecordedRow):
    """A body decided that a proposal is in the scope of a release, or is no longer."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="scope_entries")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="scope_entries")
    is_in = models.BooleanField(default=True)
    decided_on = models.DateField()
    body = option_field()
    note = models.CharField(max_length=300, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("scopeentry", "release", "proposal", "decided_on"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {'in' if self.is_in else 'out of'} {self.release}"


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

    It is open until a composition that takes it in is published, or it is parted into tranches:
    then each part is a set of its own, `part_of` the whole and `tranche` its number. `paper_class`
    says who may read it; without one, all may.
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
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    tranche = models.PositiveSmallIntegerField(null=True)
    parted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(part_of__isnull=True, tranche__isnull=True)
                | Q(part_of__isnull=False, tranche__gte=1),
                name="changeset_part_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(parted_at__isnull=True) | Q(published_in__isnull=True),
                name="changeset_parted_is_not_published",
            ),
            models.UniqueConstraint(
                fields=["part_of", "tranche"], name="changeset_one_of_a_number"
            ),
        ]

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
    wait for a decision, `findings_left` how many findings of its checks for an answer. A published
    composition has the version it made; if that was withdrawn before its day, it says so.
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
    findings_left = models.PositiveIntegerField(default=0)
    published_version = models.OneToOneField(
        CodeVersion, null=True, on_delete=models.PROTECT, related_name="composition"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="composition_one_number"),
            models.CheckConstraint(
                condition=Q(published_version__isnull=True) | Q(conflicts_left=0),
                name="composition_published_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(published_version__isnull=True) | Q(findings_left=0),
                name="composition_published_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | (Q(published_version__isnull=False) & ~Q(withdrawn_because="")),
                name="composition_withdrawal_says_why",
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


class CompositionFinding(models.Model):
    """What the checks find in a composed text and not in its base: a slip that it would bring.

    `finding` names it, the same in every composition; `gone_at` is when a decision let it vanish.
    """

    composition = models.ForeignKey(Composition, on_delete=models.PROTECT, related_name="findings")
    finding = models.CharField(max_length=40)
    about = models.CharField(max_length=20)
    document = models.CharField(max_length=120)
    address = models.CharField(max_length=300)
    what = models.TextField()
    remedy = models.TextField()
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["composition", "finding"], name="compositionfinding_found_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.what}"


class AcceptedFinding(models.Model):
    """A person accepted a finding as it is, and said why."""

    finding = models.OneToOneField(
        CompositionFinding, on_delete=models.PROTECT, related_name="accepted"
    )
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="acceptedfinding_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.finding} accepted"
