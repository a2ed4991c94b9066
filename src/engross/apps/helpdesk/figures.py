"""Figures of the helpdesk: from its records where they are kept, else from imported series."""

from collections.abc import Callable

from engross.apps.helpdesk.queries import (
    ContactCount,
    ContactRow,
    contact_counts,
    contacts_between,
)
from engross.apps.metrics.figures import (
    bases_of,
    part_key,
    sum_of_values,
    total_from_series,
    values_of,
    values_or_none,
)
from engross.apps.registers.figures import (
    called,
    days_of_month,
    keys_counted_as,
    month_columns,
    months_told,
    once,
    span_told,
    sum_known,
)
from engross.core.dates.months import Month
from engross.core.reports.checks import CheckResult, check, parts_equal_total
from engross.core.reports.figures import Answer, Asking, NoRecords, figure
from engross.core.reports.tables import Cell, ColumnKind, ColumnSpec, columns, table

REGISTER = "helpdesk-contacts"
EMAILS = "emails"
CALLS = "calls"
BY_TOPIC = "emails-by-topic"
NO_TOPIC = "No topic recorded"
SOURCE = "The helpdesk's records where they are kept for the month, else the imported series."
CONTACT_COLUMNS = columns(
    ("reference", "", "text"),
    ("received_on", "Day", "day"),
    ("channel", "", "text"),
    ("topic", "", "text"),
)


def _is_recorded(asking: Asking, month: Month) -> bool:
    return not asking.no_records(REGISTER, month)


def _channels(asking: Asking, counted_as: str) -> frozenset[str]:
    return keys_counted_as(asking.code, "helpdesk_channels", counted_as)


def _counts(asking: Asking) -> list[ContactCount]:
    return once(asking, _read_counts)


def _read_counts(asking: Asking) -> list[ContactCount]:
    return contact_counts(*span_told(asking), known_at=asking.known_at)


def _contacts(asking: Asking, counted_as: str) -> list[ContactRow]:
    channels = sorted(_channels(asking, counted_as))
    return contacts_between(*days_of_month(asking), channels, known_at=asking.known_at)


def _in_month(counted_as: str) -> Callable[[Asking], Answer]:
    def compute(asking: Asking) -> Answer:
        if not _is_recorded(asking, asking.month):
            return total_from_series(asking, counted_as)
        found = _contacts(asking, counted_as)
        rows = [
            (
                each.reference,
                each.received_on,
                called(asking.code, "helpdesk_channels", each.channel),
                called(asking.code, "helpdesk_topics", each.topic) if each.topic else None,
            )
            for each in found
        ]
        bases = frozenset(each.basis for each in found)
        return Answer(len(found), table(CONTACT_COLUMNS, rows), bases)

    return compute


for _name, _counted_as, _title in (
    ("helpdesk.emails.in_month", EMAILS, "Emails to the helpdesk in the month"),
    ("helpdesk.calls.in_month", CALLS, "Calls to the helpdesk in the month"),
):
    figure(
        _name,
        title=_title,
        unit=_counted_as,
        method=f"Contacts of the month by the channels that count as {_counted_as}. {SOURCE}",
    )(_in_month(_counted_as))


@figure(
    "helpdesk.emails.by_month",
    title="Emails to the helpdesk",
    unit=EMAILS,
    method=f"Contacts by the channels that count as emails, month by month. {SOURCE}",
)
def emails_by_month(asking: Asking) -> Answer:
    """Count the emails of each month that the report tells of."""
    rows: list[tuple[Cell, ...]] = []
    bases: frozenset[str] = frozenset()
    for month in months_told(asking):
        count, rest_on = _emails_of(asking, month)
        rows.append((month, count))
        bases |= rest_on
    if all(count is None for _, count in rows):
        raise NoRecords(REGISTER)
    specs = columns(("month", "", "month"), ("emails", "", "whole"))
    return Answer(rows=table(specs, rows), bases=bases)


def _emails_of(asking: Asking, month: Month) -> tuple[int | None, frozenset[str]]:
    if not _is_recorded(asking, month):
        values = values_or_none(asking, EMAILS, month) or []
        return sum_of_values(values), bases_of(values)
    channels = _channels(asking, EMAILS)
    own = [each for each in _counts(asking) if each.month == month and each.channel in channels]
    return sum(each.contacts for each in own), frozenset(each.basis for each in own)


Topics = dict[str, int]


def _topics_of(asking: Asking, month: Month) -> tuple[Topics, frozenset[str]]:
    """Return the emails of each topic, by its key; raises NoRecords without any records."""
    found: Topics = {}
    if not _is_recorded(asking, month):
        values = values_of(asking, BY_TOPIC, month)
        for value in values:
            key = part_key(asking, BY_TOPIC, value.part)
            found[key] = found.get(key, 0) + (value.value or 0)
        return found, bases_of(values)
    channels = _channels(asking, EMAILS)
    own = [each for each in _counts(asking) if each.month == month and each.channel in channels]
    for each in own:
        found[each.topic] = found.get(each.topic, 0) + each.contacts
    return found, frozenset(each.basis for each in own)


def _topic_keys(asking: Asking, months: tuple[Month, ...], used: set[str]) -> list[str]:
    """Return the topics in force in the months, in the code's order, then others in use."""
    days = (months[0].first_day, months[-1].last_day)
    in_force = [
        option.key
        for option in asking.code.options("helpdesk_topics")
        if any(option.is_held_on(day) for day in days) or option.key in used
    ]
    listed = list(dict.fromkeys(in_force))
    return [*listed, *sorted(used - set(listed) - {""}), *([""] if "" in used else [])]


def _topic_name(asking: Asking, key: str) -> str:
    return called(asking.code, "helpdesk_topics", key) if key else NO_TOPIC


@figure(
    "helpdesk.emails.by_topic",
    title="Emails to the helpdesk by topic",
    unit=EMAILS,
    method=f"The month's emails by topic, topics without any too. {SOURCE}",
)
def emails_by_topic(asking: Asking) -> Answer:
    """Count the month's emails of each topic."""
    found, bases = _topics_of(asking, asking.month)
    keys = _topic_keys(asking, (asking.month,), set(found))
    rows = [(key or None, _topic_name(asking, key), found.get(key, 0)) for key in keys]
    specs = columns(("topic_key", "", "text"), ("topic", "", "text"), ("emails", "", "whole"))
    return Answer(rows=table(specs, rows).with_total(), bases=bases)


@figure(
    "helpdesk.emails.by_topic_and_month",
    title="Emails to the helpdesk by topic and month",
    unit=EMAILS,
    method=f"Emails by topic, one column a month. {SOURCE}",
)
def emails_by_topic_and_month(asking: Asking) -> Answer:
    """Count the emails of each topic in each month that the report tells of."""
    months = months_told(asking)
    by_month: list[Topics | None] = []
    bases: frozenset[str] = frozenset()
    for month in months:
        try:
            found, rest_on = _topics_of(asking, month)
        except NoRecords:
            by_month.append(None)
            continue
        by_month.append(found)
        bases |= rest_on
    if not any(each is not None for each in by_month):
        raise NoRecords(REGISTER)
    keys = _topic_keys(asking, months, {key for each in by_month for key in each or {}})
    rows: list[tuple[Cell, ...]] = []
    for key in keys:
        cells = [None if each is None else each.get(key, 0) for each in by_month]
        rows.append((_topic_name(asking, key), *cells, sum_known(cells)))
    specs = (
        ColumnSpec("topic"),
        *month_columns(months),
        ColumnSpec("total", kind=ColumnKind.WHOLE),
    )
    return Answer(rows=table(specs, rows).with_total(), bases=bases)


@check("helpdesk.topics_add_up", title="Emails by topic add up to the month's emails")
def topics_add_up(asking: Asking) -> CheckResult:
    """Compare the topics of the month with its emails."""
    return parts_equal_total(
        asking, "helpdesk.emails.by_topic", "emails", "helpdesk.emails.in_month"
    )
