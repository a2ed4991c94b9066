"""Figures of meetings: how many were held, of which bodies, and what came of them."""

from collections.abc import Iterable
from datetime import date

from engross.apps.meetings import queries
from engross.apps.meetings.queries import MeetingRow
from engross.apps.registers.figures import called, days_of_month, once, option_or_none
from engross.core.codes.codes import Option
from engross.core.reports.checks import CheckResult, check, rows_equal_count
from engross.core.reports.figures import Answer, Asking, NoRecords, Span, figure
from engross.core.reports.tables import Cell, Table, columns, table
from engross.core.reports.wording import printed_day

NEEDS = ("meetings",)
NEXT_WITHIN_MONTHS = 3
COLUMNS = columns(
    ("held_on", "Date", "day"),
    ("meeting", "", "text"),
    ("body_key", "", "text"),
    ("link", "", "text"),
    ("meeting_key", "", "text"),
)


def held_in_month(asking: Asking) -> list[MeetingRow]:
    """Return the meetings of the month, in order; cancelled ones are left out."""
    return once(asking, _read_month)


def _read_month(asking: Asking) -> list[MeetingRow]:
    return queries.meetings_between(*days_of_month(asking), known_at=asking.known_at)


def _supported(asking: Asking) -> list[MeetingRow]:
    """Return the meetings of the month that outside bodies did not hold."""
    return [each for each in held_in_month(asking) if not _is_external(asking, each.body)]


def _is_external(asking: Asking, body: str) -> bool:
    option = option_or_none(asking.code, "bodies", body)
    return option is not None and option.flag("is_external")


def _table(found: Iterable[MeetingRow]) -> Table:
    rows = (
        (each.held_on, each.title, each.body, each.link or None, each.meeting) for each in found
    )
    return table(COLUMNS, rows)


def bases_of(found: Iterable[MeetingRow]) -> frozenset[str]:
    """Return what the meetings' rows rest on."""
    return frozenset(each.basis for each in found)


@figure(
    "meetings.held.in_month",
    title="Meetings held in the month",
    unit="meetings",
    method="Meetings held on a day of the month, extraordinary ones too; those cancelled and "
    "those of outside bodies are left out.",
    needs=NEEDS,
)
def meetings_held(asking: Asking) -> Answer:
    """Count the meetings of the month."""
    found = _supported(asking)
    return Answer(len(found), _table(found), bases_of(found))


@figure(
    "meetings.extraordinary.in_month",
    title="Extraordinary meetings in the month",
    unit="meetings",
    method="Those of the month's meetings whose number ends in X.",
    needs=NEEDS,
)
def extraordinary_meetings(asking: Asking) -> Answer:
    """Count the extraordinary meetings of the month."""
    found = [each for each in _supported(asking) if each.is_extraordinary]
    return Answer(len(found), _table(found), bases_of(found))


@figure(
    "meetings.in_month",
    title="Meetings of the month",
    unit="meetings",
    method="The meetings that are counted as held in the month, by day.",
    needs=NEEDS,
)
def meetings_in_month(asking: Asking) -> Answer:
    """List the meetings of the month."""
    found = _supported(asking)
    return Answer(rows=_table(found), bases=bases_of(found))


@check("meetings.rows_equal_count", title="Meetings counted against the meetings listed")
def meetings_rows_equal_count(asking: Asking) -> CheckResult:
    """Compare the count of the text with the rows of the table."""
    return rows_equal_count(asking, "meetings.in_month", "meetings.held.in_month")


@figure(
    "meetings.held_by_body",
    title="Meetings by body",
    unit="meetings",
    method="How often each body met in the month, outside bodies too; who did not meet is not "
    "listed.",
    needs=NEEDS,
)
def held_by_body(asking: Asking) -> Answer:
    """Count the meetings of each body that met in the month."""
    found = [each.body for each in held_in_month(asking)]
    order = [option.key for option in asking.code.options("bodies")]
    bodies = sorted(set(found), key=lambda key: order.index(key) if key in order else len(order))
    rows = [(key, called(asking.code, "bodies", key), found.count(key)) for key in bodies]
    specs = columns(("body_key", "", "text"), ("body", "", "text"), ("meetings", "", "whole"))
    return Answer(rows=table(specs, rows), bases=bases_of(held_in_month(asking)))


@figure(
    "meetings.main_body.last",
    title="The main body's last meeting",
    unit="meetings",
    method="The latest meeting, held by the day asked about, of the body that the code marks as "
    "its main one. 'Since the last Panel' in other figures is from that day on.",
)
def main_body_last(asking: Asking) -> Answer:
    """Find the main body's last meeting by the day asked about."""
    bodies = {each.key for each in asking.code.options("bodies") if each.flag("is_main")}
    found = queries.last_meeting_until(sorted(bodies), asking.as_at, known_at=asking.known_at)
    if found is None:
        raise NoRecords("meetings of the main body")
    return Answer(rows=_table([found]), bases=frozenset({found.basis}))


@figure(
    "meetings.summary_by_category",
    title="Meetings by category, and what came of them",
    unit="meetings",
    method="The bodies of each category that met in the month, with days and summaries; a body "
    "with a rhythm that did not meet is listed with the day it next meets, where that is known "
    "and not far off.",
    needs=NEEDS,
    span=Span.MONTH,
)
def summary_by_category(asking: Asking) -> Answer:
    """Tell for each body when it met in the month, and what came of it."""
    found = held_in_month(asking)
    coming = _next_meetings(asking)
    rows: list[tuple[Cell, ...]] = []
    for category in _categories(asking):
        for body in _bodies_in(asking, category):
            own = [each for each in found if each.body == body.key]
            if own:
                rows.append(_told(category, body, own))
            elif body.text("rhythm") and not body.flag("is_external"):
                rows.append(_not_met(category, body, coming.get(body.key)))
    specs = columns(
        ("category", "", "text"),
        ("meeting", "", "text"),
        ("dates", "Meeting dates", "text"),
        ("summary", "Summary of events", "text"),
        ("link", "", "text"),
        ("body_key", "", "text"),
    )
    return Answer(rows=table(specs, rows), bases=bases_of(found))


def _next_meetings(asking: Asking) -> dict[str, date]:
    """Return the day on which each body meets next; a day far off says that records lack."""
    latest = asking.month.plus(NEXT_WITHIN_MONTHS).last_day
    days = queries.next_meetings_after(days_of_month(asking)[1], known_at=asking.known_at)
    return {body: day for body, day in days.items() if day <= latest}


def _categories(asking: Asking) -> list[Option]:
    options = asking.code.options("meeting_categories", asking.as_at)
    return sorted(options, key=lambda each: each.number("order"))


def _bodies_in(asking: Asking, category: Option) -> list[Option]:
    bodies = asking.code.options("bodies", asking.as_at)
    return [each for each in bodies if each.text("category") == category.key]


def _told(category: Option, body: Option, own: list[MeetingRow]) -> tuple[Cell, ...]:
    # Webinars and the like share a body, and each bears a title of its own.
    titles = dict.fromkeys(each.title for each in own)
    name = body.name if body.text("rhythm") else "; ".join(titles)
    links = [each.link for each in own if each.link]
    summaries = dict.fromkeys(each.summary for each in own if each.summary)
    days = [each.held_on for each in own]
    return (category.name, name, _printed_days(days), " ".join(summaries) or None,
            links[-1] if links else None, body.key)  # fmt: skip


def _not_met(category: Option, body: Option, coming: date | None) -> tuple[Cell, ...]:
    said = "Did not meet in the month."
    if coming is not None:
        said += f" It next meets on {printed_day(coming)}."
    return category.name, body.name, None, said, None, body.key


def _printed_days(days: list[date]) -> str:
    """Return days of one month in words: '8 and 22 September 2021'."""
    *first, last = sorted(set(days))
    if not first:
        return printed_day(last)
    return f"{', '.join(str(day.day) for day in first)} and {printed_day(last)}"
