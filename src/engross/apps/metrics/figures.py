"""Figures from imported monthly series: the website, and the readers of the digital code.

A series whose month is kept but has no row has no records: a total that nobody brought in is
not nought.
"""

from collections.abc import Callable, Iterable

from engross.apps.metrics.queries import SeriesRow, series_between
from engross.apps.registers.figures import called, months_told, once
from engross.core.codes.codes import Option
from engross.core.dates.months import Month
from engross.core.reports.figures import Answer, Asking, NoRecords, figure
from engross.core.reports.tables import Cell, columns, table

SERIES_COLUMNS = columns(
    ("series", "", "text"),
    ("month", "", "month"),
    ("part", "", "text"),
    ("value", "", "whole"),
    ("source", "", "text"),
)


def series_counted_as(asking: Asking, counted_as: str) -> Option:
    """Return the code's series that counts something; raises NoRecords if it has none."""
    for option in asking.code.options("series"):
        if option.text("counted_as") == counted_as:
            return option
    raise NoRecords(f"monthly-series ({counted_as})")


def values_of(asking: Asking, counted_as: str, month: Month) -> list[SeriesRow]:
    """Return what a series says of a month; raises NoRecords if that is nothing, or not kept."""
    key = series_counted_as(asking, counted_as).key
    register = f"monthly-series/{key}"
    rows = [
        each for each in once(asking, _read_series) if (each.series, each.month) == (key, month)
    ]
    if asking.no_records(register, month) or not rows:
        raise NoRecords(register)
    return rows


def values_or_none(asking: Asking, counted_as: str, month: Month) -> list[SeriesRow] | None:
    """Return what a series says of a month, or None if there are no records of it."""
    try:
        return values_of(asking, counted_as, month)
    except NoRecords:
        return None


def _read_series(asking: Asking) -> list[SeriesRow]:
    keys = [option.key for option in asking.code.options("series")]
    first = months_told(asking)[0]
    return series_between(keys, first, asking.month, known_at=asking.known_at)


def sum_of_values(rows: Iterable[SeriesRow]) -> int | None:
    """Return the sum of the values there are; None if there is none."""
    values = [each.value for each in rows if each.value is not None]
    return sum(values) if values else None


def bases_of(rows: Iterable[SeriesRow]) -> frozenset[str]:
    """Return what the rows of a series rest on."""
    return frozenset(each.basis for each in rows)


def total_from_series(asking: Asking, counted_as: str) -> Answer:
    """Return a series' total of the month, with its rows; raises NoRecords without one."""
    rows = values_of(asking, counted_as, asking.month)
    total = sum_of_values(rows)
    if total is None:
        raise NoRecords(f"monthly-series/{rows[0].series}")
    shown = [
        (called(asking.code, "series", each.series), each.month, each.part or None, each.value,
         each.source or None)
        for each in rows
    ]  # fmt: skip
    at_least = any(each.is_at_least for each in rows)
    return Answer(total, table(SERIES_COLUMNS, shown), bases_of(rows), is_at_least=at_least)


def part_name(asking: Asking, counted_as: str, part: str) -> str:
    """Return the name of a part of a series, by the list that its parts come from."""
    listed = series_counted_as(asking, counted_as).text("dimension_list")
    found = asking.code.match(listed, part) if listed else None
    return found.name if found else part


def part_key(asking: Asking, counted_as: str, part: str) -> str:
    """Return the key of a part of a series, by the list that its parts come from."""
    listed = series_counted_as(asking, counted_as).text("dimension_list")
    found = asking.code.match(listed, part) if listed else None
    return found.key if found else part


# Names of the scalar figures, what their series counts, title and unit.
TOTALS = (
    ("website.page_views.in_month", "page-views", "Page views of the website", "page views"),
    ("website.visits.in_month", "visits", "Visits of the website", "visits"),
    ("codeworks.users.total", "users", "Registered readers of the digital code", "users"),
)


def _total(counted_as: str) -> Callable[[Asking], Answer]:
    return lambda asking: total_from_series(asking, counted_as)


for _name, _counted_as, _title, _unit in TOTALS:
    figure(
        _name,
        title=_title,
        unit=_unit,
        method=f"The month's value of the imported series that the code counts as {_counted_as}; "
        "the sum of its parts where it has any.",
    )(_total(_counted_as))


@figure(
    "website.by_month",
    title="Visits and page views of the website",
    unit="visits and page views",
    method="The imported series of visits and of page views, month by month; a month that is not "
    "kept or was not brought in has no records.",
)
def website_by_month(asking: Asking) -> Answer:
    """Set visits and page views of each month side by side."""
    rows: list[tuple[Cell, ...]] = []
    used: list[SeriesRow] = []
    for month in months_told(asking):
        both = [values_or_none(asking, each, month) or [] for each in ("visits", "page-views")]
        rows.append((month, *(sum_of_values(each) for each in both)))
        used += [row for each in both for row in each]
    if not used:
        raise NoRecords("monthly-series (visits, page-views)")
    specs = columns(
        ("month", "", "month"), ("visits", "", "whole"), ("page_views", "Page views", "whole")
    )
    return Answer(rows=table(specs, rows), bases=bases_of(used))


@figure(
    "website.top_pages",
    title="Most viewed pages of the website",
    unit="views",
    method="The pages of the imported series by their place; as many as the code's parameter "
    "top_pages_shown says.",
)
def website_top_pages(asking: Asking) -> Answer:
    """List the most viewed pages of the month."""
    found = values_of(asking, "top-pages", asking.month)
    ranked = sorted(found, key=lambda each: (each.rank or len(found), each.part))
    shown = ranked[: _pages_shown(asking)]
    rows = [(each.rank or place, each.part, each.value) for place, each in enumerate(shown, 1)]
    specs = columns(("rank", "", "whole"), ("page", "", "text"), ("views", "", "whole"))
    return Answer(rows=table(specs, rows), bases=bases_of(shown))


def _pages_shown(asking: Asking) -> int | None:
    if "top_pages_shown" not in asking.code.parameters:
        return None
    return int(str(asking.code.parameter("top_pages_shown", on=asking.month.last_day)))


@figure(
    "codeworks.users.by_category",
    title="Registered readers of the digital code by category",
    unit="users",
    method="The parts of the imported series at the end of the month, in the order of the code's "
    "list of categories.",
)
def codeworks_users_by_category(asking: Asking) -> Answer:
    """Count the registered readers of each category."""
    found = values_of(asking, "users", asking.month)
    listed = series_counted_as(asking, "users").text("dimension_list")
    keys = [option.key for option in asking.code.options(listed)] if listed else []
    place = {key: at for at, key in enumerate(keys)}
    named = [(part_key(asking, "users", each.part), each) for each in found]
    named.sort(key=lambda each: (place.get(each[0], len(place)), each[0]))
    rows = [
        (key, part_name(asking, "users", each.part) or "All", each.value) for key, each in named
    ]
    specs = columns(("category_key", "", "text"), ("category", "", "text"), ("users", "", "whole"))
    return Answer(rows=table(specs, rows).with_total(), bases=bases_of(found))
