"""Reading the code's versions: which there are, which is in force, which come beside one."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from engross.apps.legaltext.models import CodeVersion, CodeVersionDetails
from engross.apps.registers.queries import Asked, rows_of
from engross.apps.registers.registers import register_named
from engross.core.legaltext.versions import VersionDays, in_force_on, number_order
from engross.core.registers.addresses import keys_at


def versions_asked(
    asked: Asked, *, year: int | None = None
) -> "QuerySet[CodeVersionDetails, CodeVersionDetails]":
    """Return the versions that were asked for, the latest to take effect first.

    As at a day: those in force by then, and those published by then that take effect later.
    """
    plain = Asked(None, asked.known_at, asked.filters, asked.words, asked.sort, asked.reader)
    rows: QuerySet[CodeVersionDetails] = rows_of(register_named("code-versions"), plain)  # type: ignore[assignment]
    if asked.as_at:
        rows = rows.filter(Q(effective_on__lte=asked.as_at) | Q(published_on__lte=asked.as_at))
    if year:
        rows = rows.filter(effective_on__year=year)
    return rows if asked.sort else rows.order_by("-effective_on", "-version_id", "entry")


def version_in_force(day: date, *, known_at: datetime | None = None) -> str:
    """Return the number of the version in force on a day; empty if there is none."""
    begun = CodeVersionDetails.objects.known_at(known_at).filter(effective_on__lte=day)
    latest = begun.order_by("-effective_on").values("effective_on")[:1]
    rows = begun.filter(effective_on=latest).order_by("version_id")
    found = in_force_on(day, (VersionDays(*row) for row in rows.values_list(
        "version__key", "effective_on", "published_on")))  # fmt: skip
    return found.number if found else ""


def days_of(row: CodeVersionDetails) -> VersionDays:
    """Return a version's number and days as the rules take them; `version` must be loaded."""
    return VersionDays(row.version.key, row.effective_on, row.published_on)


def years_of_versions() -> list[int]:
    """Return the years in which versions took effect, the latest first."""
    rows = CodeVersionDetails.objects.known_at(None)
    return [day.year for day in rows.dates("effective_on", "year", order="DESC")]


def version_at(address: str, *, known_at: datetime | None = None) -> CodeVersionDetails | None:
    """Return the version that an address means, as known at a moment; None if there is none."""
    rows = CodeVersionDetails.objects.known_at(known_at).filter(version__key__in=keys_at(address))
    return rows.select_related("version").order_by("version__key").first()


def version_keys() -> list[str]:
    """Return the number of every version that was ever recorded, in order."""
    keys = CodeVersion.objects.order_by("key").values_list("key", flat=True)
    return sorted(keys, key=number_order)


def versions_beside(
    row: CodeVersionDetails, *, known_at: datetime | None = None
) -> tuple[CodeVersionDetails | None, CodeVersionDetails | None]:
    """Return the versions just before and just after one; None where there is none."""
    rows = CodeVersionDetails.objects.known_at(known_at).select_related("version")
    own = days_of(row).place
    earlier = rows.filter(effective_on__lte=row.effective_on).order_by("-effective_on")
    later = rows.filter(effective_on__gte=row.effective_on).order_by("effective_on")
    # Several versions may take effect on one day; more than these never did.
    before = [each for each in earlier[:50] if days_of(each).place < own]
    after = [each for each in later[:50] if days_of(each).place > own]
    return (
        max(before, key=lambda each: days_of(each).place, default=None),
        min(after, key=lambda each: days_of(each).place, default=None),
    )


def versions_between(
    first: date, last: date, *, known_at: datetime | None = None
) -> list[CodeVersionDetails]:
    """Return the versions that took effect from `first` to `last`, both included, in order."""
    rows = CodeVersionDetails.objects.known_at(known_at).filter(effective_on__range=(first, last))
    return list(rows.select_related("version").order_by("effective_on", "version__key"))
