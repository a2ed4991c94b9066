"""Reading the registers of product lists and of assured devices, as known at a moment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from engross.apps.products.models import AssuranceEntry, ListPublication
from engross.apps.registers.models import KeptSpan
from engross.apps.registers.queries import Asked, active_code, rows_of
from engross.apps.registers.registers import register_named
from engross.core.dates.months import Month
from engross.core.reports.tables import ColumnKind, ColumnSpec, Table

Publications = QuerySet[ListPublication, ListPublication]
Entries = QuerySet[AssuranceEntry, AssuranceEntry]
MONTHS_SHOWN = 12


class PublicationRow(NamedTuple):
    """A version of a product list, as recorded."""

    product_list: str
    version: str
    published_on: date
    basis: str


class AssuranceRow(NamedTuple):
    """Devices that are assured, as recorded."""

    reference: str
    device_type: str
    mode: str
    region: str
    devices: int
    assured_on: date
    basis: str


def publications_between(
    first: date, last: date, *, known_at: datetime | None = None
) -> list[PublicationRow]:
    """Return the versions published from `first` to `last`, both included, in order."""
    rows = ListPublication.objects.known_at(known_at).filter(published_on__range=(first, last))
    ordered = rows.order_by("published_on", "product_list", "version")
    fields = ("product_list", "version", "published_on", "basis")
    return [PublicationRow(*values) for values in ordered.values_list(*fields)]


def assured_on(day: date, *, known_at: datetime | None = None) -> list[AssuranceRow]:
    """Return what is assured on a day; an assurance ends before its `ended_on`."""
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
    rows = AssuranceEntry.objects.known_at(known_at).filter(lasting, assured_on__lte=day)
    fields = ("reference", "device_type", "mode", "region", "devices", "assured_on", "basis")
    return [AssuranceRow(*values) for values in rows.order_by("reference").values_list(*fields)]


@dataclass(frozen=True)
class MonthlyVersions:
    """How many versions were published in each month, and what the counted rows rest on."""

    table: Table
    bases: tuple[str, ...]

    def down(self) -> Table:
        """Return the first list's numbers with a row for each month, for a narrow place."""
        columns = (ColumnSpec("month", "Month"), ColumnSpec("versions", "", ColumnKind.WHOLE))
        _, *months, all_months = zip(self.table.columns, self.table.rows[0], strict=True)
        rows = tuple((column.label, cell) for column, cell in months)
        return Table(columns, rows, total=("All", all_months[1]))


@dataclass(frozen=True)
class Latest:
    """The latest version of a list by a day, and how many versions there were until then."""

    row: ListPublication
    count: int


def publications_asked(asked: Asked) -> Publications:
    """Return the publications that were asked for, the latest first."""
    rows: Publications = rows_of(register_named("product-lists"), asked)  # type: ignore[assignment]
    return rows if asked.sort else rows.order_by("-published_on", "-id")


def latest_by_list(day: date, *, known_at: datetime | None = None) -> dict[str, Latest]:
    """Return for each list that had a version by a day the latest one; two queries."""
    rows = ListPublication.objects.known_at(known_at).filter(published_on__lte=day)
    counts = rows.order_by().values("product_list").annotate(count=Count("pk"))
    counted = dict(counts.values_list("product_list", "count"))
    newest = rows.order_by("-published_on", "-id").values("pk")
    chosen = Q(pk__in=[])
    for key in counted:
        chosen |= Q(pk=newest.filter(product_list=key)[:1])
    found = rows.filter(chosen).order_by("product_list")
    return {row.product_list: Latest(row, counted[row.product_list]) for row in found}


def versions_by_month(
    last: Month, *, lists: Sequence[str] = (), until: date | None = None
) -> MonthlyVersions:
    """Return how many versions of each list were published in each of 12 months.

    A month that lies outside the days the register is kept has 'no records', unless something
    was published in it all the same; `until` leaves out what was published later.
    """
    months = last.last_months(MONTHS_SHOWN)
    found, bases = _counted(months, lists, until=until)
    kept = _months_kept(months)
    options = {
        each.key: each.text("abbreviation") or each.name
        for each in active_code().options("product_lists")
    }
    rows = []
    for key in lists or tuple(options):
        cells = [found.get((key, month), 0 if month in kept else None) for month in months]
        known = [cell for cell in cells if cell is not None]
        rows.append((options.get(key, key), *cells, sum(known) if known else None))
    columns = (
        ColumnSpec("product_list", "List"),
        *(ColumnSpec(str(month), month.short_name, ColumnKind.WHOLE) for month in months),
        ColumnSpec("total", "All", ColumnKind.WHOLE),
    )
    return MonthlyVersions(Table(columns, tuple(rows)), tuple(sorted(bases)))


def _counted(
    months: Sequence[Month], lists: Sequence[str], *, until: date | None
) -> tuple[Counter[tuple[str, Month]], set[str]]:
    """Return how many versions each list had in each month, and the bases of their rows."""
    end = min(months[-1].last_day, until) if until else months[-1].last_day
    spanned = ListPublication.objects.known_at(None).filter(
        published_on__range=(months[0].first_day, end)
    )
    if lists:
        spanned = spanned.filter(product_list__in=lists)
    by_month = spanned.order_by().annotate(month=TruncMonth("published_on"))
    counted = by_month.values("product_list", "month", "basis").annotate(count=Count("pk"))
    found: Counter[tuple[str, Month]] = Counter()
    bases = set()
    for key, month, basis, count in counted.values_list("product_list", "month", "basis", "count"):
        found[key, Month.of(month)] += count
        bases.add(basis)
    return found, bases


def _months_kept(months: Sequence[Month]) -> set[Month]:
    """Return the months on every day of which the publications are recorded."""
    spans = KeptSpan.objects.known_at(None).filter(register="product-lists")
    held = list(spans.order_by("held_from").values_list("held_from", "held_until"))
    return {
        month
        for month in months
        for since, until in held
        if since <= month.first_day and (until is None or until > month.last_day)
    }


def entries_asked(asked: Asked, day: date) -> Entries:
    """Return the entries of assurance that were asked for and that held on a day."""
    plain = Asked(None, asked.known_at, asked.filters, asked.words, asked.sort, asked.reader)
    rows: Entries = rows_of(register_named("device-assurance"), plain)  # type: ignore[assignment]
    return rows.filter(_held_on(day))


def _held_on(day: date) -> Q:
    return Q(assured_on__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def devices_by_type(day: date, *, known_at: datetime | None = None) -> Table:
    """Return how many devices are assured on a day, by type against mode and region.

    Only types and columns that have an entry are listed; sums stand beside and below.
    """
    rows = AssuranceEntry.objects.known_at(known_at).filter(_held_on(day)).order_by()
    summed: Any = rows.values("device_type", "mode", "region").annotate(count=Sum("devices"))
    fields = ("device_type", "mode", "region", "count")
    found = {
        (kind, (mode, region)): int(count)
        for kind, mode, region, count in summed.values_list(*fields)
    }
    places = sorted({place for _, place in found})
    columns = (
        ColumnSpec("device_type", "Type"),
        *(ColumnSpec("/".join(place), _place_name(*place), ColumnKind.WHOLE) for place in places),
        ColumnSpec("all", "All devices", ColumnKind.WHOLE),
    )
    made: list[tuple[str | int, ...]] = []
    for key, name in _in_order("device_types", {kind for kind, _ in found}):
        cells = [found.get((key, place), 0) for place in places]
        made.append((name, *cells, sum(cells)))
    sums = [sum(int(row[at]) for row in made) for at in range(1, len(columns))]
    return Table(columns, tuple(made), total=("All types", *sums) if made else None)


def _in_order(choices: str, keys: set[str]) -> list[tuple[str, str]]:
    """Return keys with their names in the code's order; those it no longer has come last."""
    options = {each.key: each.name for each in active_code().options(choices)}
    known = [(key, name) for key, name in options.items() if key in keys]
    return [*known, *((key, key) for key in sorted(keys - options.keys()))]


def _place_name(mode: str, region: str) -> str:
    code = active_code()
    modes = {each.key: each.name for each in code.options("assurance_modes")}
    regions = {each.key: each.name for each in code.options("assurance_regions")}
    pieces = [modes.get(mode, mode), regions.get(region, region)]
    return ", ".join(piece for piece in pieces if piece) or "Not stated"
