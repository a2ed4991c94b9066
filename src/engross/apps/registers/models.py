"""What every row of every register has: an entry, and when it was known.

A row is never changed. A correction closes the row's recorded range and adds another
row to the same entry, so that what was known at any moment can still be told.
"""

import uuid
from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

Row = TypeVar("Row", bound="RecordedRow")


class Identity(models.Model):
    """What stays the same while everything recorded about it may change.

    `label` is how it is called now: a projection that commands keep in step.
    """

    # The field that files write and take back.
    written_field = "key"

    key = models.CharField(max_length=120, unique=True)
    label = models.CharField(max_length=300)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def written(self) -> str:
        """How it is written in a file; what an import takes back."""
        return str(getattr(self, self.written_field))


class ImportRun(models.Model):
    """A file that was taken in: which, when, by whom, and what came of it."""

    register = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    rows_added = models.PositiveIntegerField()
    rows_corrected = models.PositiveIntegerField()
    rows_unchanged = models.PositiveIntegerField()

    class Meta:
        ordering = ("-imported_at", "-id")

    def __str__(self) -> str:
        return f"{self.file_name} into {self.register}"


class RecordedQuerySet(models.QuerySet[Row]):
    """Rows by what was known when."""

    def known_at(self, moment: datetime | None) -> Self:
        """Return the rows as known at `moment`; as known now when it is None."""
        if moment is None:
            return self.filter(superseded_at__isnull=True)
        later = Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment)
        return self.filter(later, recorded_at__lte=moment)

    def held_on(self, day: date) -> Self:
        """Return the rows that hold on `day`; only for rows with a held range."""
        until = Q(held_until__isnull=True) | Q(held_until__gt=day)
        return self.filter(until, held_from__lte=day)


class RecordedRow(models.Model):
    """One row of a register, as recorded from one moment until it was superseded."""

    entry = models.UUIDField(default=uuid.uuid4, editable=False)
    recorded_at = models.DateTimeField(editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField(blank=True, editable=False)
    basis = models.CharField(max_length=20, default="record", editable=False)
    import_run = models.ForeignKey(
        ImportRun, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    haystack = models.TextField(blank=True, editable=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(superseded_at__isnull=True),
                name="%(class)s_one_live_row",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("recorded_at")),
                name="%(class)s_recorded_in_order",
            ),
        ]
        indexes = [models.Index(fields=["entry", "recorded_at"], name="%(class)s_entry")]

    @property
    def is_live(self) -> bool:
        """Say whether this is the row as known now."""
        return self.superseded_at is None


class HeldRow(RecordedRow):
    """A row that holds from a day until another, the first on which it no longer holds."""

    held_from = models.DateField()
    held_until = models.DateField(null=True, blank=True)

    class Meta(RecordedRow.Meta):
        abstract = True
        constraints = [
            *RecordedRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_until__gt=F("held_from")),
                name="%(class)s_held_in_order",
            ),
        ]


def live_key(model_name: str, *fields: str) -> models.UniqueConstraint:
    """Return the constraint that no two live rows have one key."""
    return models.UniqueConstraint(
        fields=list(fields),
        condition=Q(superseded_at__isnull=True),
        name=f"{model_name}_live_key",
    )


def option_field(**extra: Any) -> "models.CharField[str, str]":
    """Return a field for the key of an option of the code."""
    return models.CharField(max_length=60, **extra)


class KeptSpan(HeldRow):
    """From which day a register is kept: an empty month is 0 inside, 'no records' outside."""

    register = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)

    class Meta(HeldRow.Meta):
        constraints = [
            *HeldRow.Meta.constraints,
            live_key("keptspan", "register", "held_from"),
        ]

    def __str__(self) -> str:
        return f"{self.register} from {self.held_from}"
