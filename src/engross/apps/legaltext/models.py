"""The versions of the code as a whole, and its text: where each provision stands when.

Rows of text hold on days and are known at moments; see docs/decisions/0012.
"""

from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from engross.apps.registers.models import Identity, RecordedRow, live_key, option_field

Row = TypeVar("Row", bound="DatedRow")


class CodeVersion(Identity):
    """A version of the code, known by its number."""


class CodeVersionDetails(RecordedRow):
    """When a version took effect, when it was published, and why it was made."""

    version = models.ForeignKey(CodeVersion, on_delete=models.PROTECT, related_name="details")
    effective_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    cause = option_field(blank=True)
    key_changes = models.CharField(max_length=1000, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("codeversiondetails", "version"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["effective_on"], name="codeversion_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.version} from {self.effective_on}"


class DatedQuerySet(models.QuerySet[Row]):
    """Rows by the day they are asked about and by what was known when."""

    def known_at(self, moment: datetime | None) -> Self:
        """Return the rows as known at `moment`; as known now when it is None."""
        if moment is None:
            return self.filter(recorded_until__isnull=True)
        later = Q(recorded_until__isnull=True) | Q(recorded_until__gt=moment)
        return self.filter(later, recorded_from__lte=moment)

    def holding(self, *, on: date, known_at: datetime | None = None) -> Self:
        """Return the rows that hold on a day, as known at a moment; as known now if it is None."""
        lasts = Q(effective_until__isnull=True) | Q(effective_until__gt=on)
        if known_at is not None:
            # Its end was not known yet: then it was taken to hold on.
            lasts |= Q(until_recorded_at__gt=known_at)
        return self.known_at(known_at).filter(lasts, effective_from__lte=on)


class DatedRow(models.Model):
    """A row that holds for effective days, known for recorded moments; both ranges half open.

    `until_recorded_at` is the moment from which the end of the effective range is known; at any
    moment before, the row is known to hold on without end. `opened_by`, `ended_by` and
    `closed_by` say by what the row came, by what its effective range got its end, and by what
    it ceased to be known.
    """

    effective_from = models.DateField()
    effective_until = models.DateField(null=True)
    until_recorded_at = models.DateTimeField(null=True)
    recorded_from = models.DateTimeField()
    recorded_until = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        "legaltext.Recording", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_by = models.ForeignKey(
        "legaltext.Recording", null=True, on_delete=models.PROTECT, related_name="+",
        db_index=False,
    )  # fmt: skip
    closed_by = models.ForeignKey(
        "legaltext.Recording", null=True, on_delete=models.PROTECT, related_name="+",
        db_index=False,
    )  # fmt: skip

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True)
                | Q(effective_until__gt=F("effective_from")),
                name="%(class)s_effective_in_order",
            ),
            models.CheckConstraint(
                condition=Q(recorded_until__isnull=True)
                | Q(recorded_until__gte=F("recorded_from")),
                name="%(class)s_recorded_in_order",
            ),
            models.CheckConstraint(
                condition=Q(
                    effective_until__isnull=True,
                    until_recorded_at__isnull=True,
                    ended_by__isnull=True,
                )
                | Q(
                    effective_until__isnull=False,
                    until_recorded_at__gte=F("recorded_from"),
                    ended_by__isnull=False,
                ),
                name="%(class)s_end_has_a_cause",
            ),
            models.CheckConstraint(
                condition=Q(recorded_until__isnull=True, closed_by__isnull=True)
                | Q(recorded_until__isnull=False, closed_by__isnull=False),
                name="%(class)s_closing_has_a_cause",
            ),
        ]


def one_at_a_time(model_name: str, *fields: str) -> list[Any]:
    """Return the constraints that, as known now, at most one row holds for these fields at once.

    They let no two rows begin on one day and no two last without end. That ranges with an end
    do not overlap, the command sees to: it has the document locked.
    """
    live = Q(recorded_until__isnull=True)
    return [
        models.UniqueConstraint(
            fields=[*fields, "effective_from"], condition=live, name=f"{model_name}_one_begins"
        ),
        models.UniqueConstraint(
            fields=list(fields),
            condition=live & Q(effective_until__isnull=True),
            name=f"{model_name}_one_lasts",
        ),
    ]


class RecordingQuerySet(models.QuerySet["Recording"]):
    """Recordings by whether they still stand."""

    def standing(self, known_at: datetime | None = None) -> Self:
        """Return those that were not withdrawn by a moment; by now when it is None."""
        if known_at is None:
            return self.filter(withdrawn_by__isnull=True)
        return self.filter(Q(withdrawn_by__isnull=True) | Q(withdrawn_by__recorded_at__gt=known_at))


class Recording(models.Model):
    """One taking in of text: an import, a publication or a correction, and what came of it.

    `recorded_at` is the moment from which the text counts as known, its publication; when
    somebody did it is in the audit. `text_hash` names the text that was taken in, ids and all.
    A withdrawal takes a publication back before its day: `withdrawn_by` is that recording.
    """

    class Kind(models.TextChoices):
        IMPORT = "import"
        PUBLICATION = "publication"
        CORRECTION = "correction"
        WITHDRAWAL = "withdrawal"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    recorded_at = models.DateTimeField()
    effective_on = models.DateField()
    version = models.ForeignKey(
        CodeVersion, null=True, on_delete=models.PROTECT, related_name="recordings"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    report = models.JSONField(default=dict)
    withdrawn_by = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="withdraws"
    )

    objects = RecordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["import", "publication", "correction", "withdrawal"]),
                name="recording_kind_is_known",
            )
        ]
        indexes = [models.Index(fields=["effective_on"], name="recording_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.effective_on}"


class Document(models.Model):
    """A Section, Schedule or Appendix, through all its names and versions.

    `last_recorded_at` is the moment of the last recording that touched it: what is known is
    told forward, so none may lie before it.
    """

    first_name = models.CharField(max_length=120)
    last_recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.first_name


class DocumentVersion(DatedRow):
    """A version of a document: its number, and what the document is called while it holds."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=20, default="en")
    rank = models.CharField(max_length=60)

    class Meta(DatedRow.Meta):
        constraints = [
            *DatedRow.Meta.constraints,
            *one_at_a_time("documentversion", "document"),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(recorded_until__isnull=True, effective_until__isnull=True),
                name="documentversion_one_name",
            ),
        ]
        indexes = [models.Index(fields=["name"], name="documentversion_by_name")]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"


class Provision(models.Model):
    """A clause or paragraph through all its numbers and wordings: a permanent id, never reused."""

    id = models.CharField(max_length=40, primary_key=True)
    origin = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return self.id


class ProvisionText(models.Model):
    """A wording, kept once however often it stands: heading, text, marks and table.

    It is never changed. `inlines` and `table` are canonical JSON, '' for none; `cells` are the
    table's words, for search. The database itself keeps the full-text index (migrations).
    """

    hash = models.CharField(max_length=32, unique=True)
    heading = models.TextField(null=True)
    text = models.TextField(blank=True)
    inlines = models.TextField(blank=True)
    table = models.TextField(blank=True)
    cells = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.hash


class Placement(DatedRow):
    """A provision stands somewhere and bears a text.

    `label` is what its number adds to that of the nearest numbered thing above, if
    `begins_with_parent`; else the whole number.
    """

    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="placements", db_index=False
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(
        Provision, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rank = models.CharField(max_length=60)
    label = models.CharField(max_length=200, blank=True)
    begins_with_parent = models.BooleanField()
    text = models.ForeignKey(ProvisionText, on_delete=models.PROTECT, related_name="placements")

    class Meta(DatedRow.Meta):
        constraints = [
            *DatedRow.Meta.constraints,
            *one_at_a_time("placement", "provision"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("provision")),
                name="placement_not_under_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["provision", "effective_from"], name="placement_by_provision"),
            models.Index(fields=["opened_by"], name="placement_by_opening"),
            # For a search: whether a wording stands somewhere on a day, without reading the row.
            models.Index(
                fields=["text", "effective_from", "effective_until"],
                condition=Q(recorded_until__isnull=True), name="placement_by_text_now",
            ),
            models.Index(
                fields=["ended_by"], condition=Q(ended_by__isnull=False), name="placement_by_ending"
            ),
            models.Index(
                fields=["closed_by"], condition=Q(closed_by__isnull=False),
                name="placement_by_closing",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.provision_id} from {self.effective_from}"


class ApplicabilityDecision(RecordedRow):
    """A person decided how a provision applies to a Party Category, against what its words say.

    `provision` is the permanent id. It holds for all that stands under it, on every day.
    """

    provision = models.CharField(max_length=40)
    category = option_field()
    sense = option_field()
    decided_on = models.DateField()
    why = models.CharField(max_length=500)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("applicabilitydecision", "provision", "category"),
        ]

    def __str__(self) -> str:
        return f"{self.category} at {self.provision}"


class TextNotice(models.Model):
    """What every page that shows the text has to say of it, such as that it is illustrative."""

    recording = models.OneToOneField(Recording, on_delete=models.PROTECT, related_name="notice")
    notice = models.TextField()

    def __str__(self) -> str:
        return self.notice
