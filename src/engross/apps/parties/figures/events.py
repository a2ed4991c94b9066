"""Figures of what happened to Parties: who joined, who left, who was in default."""

from collections.abc import Callable, Iterable
from datetime import date

from engross.apps.parties import queries
from engross.apps.registers.figures import (
    called,
    count_by_month,
    days_of_month,
    keys_counted_as,
    month_columns,
    months_told,
    months_without,
    once,
    option_or_none,
    sum_known,
)
from engross.core.reports.figures import Answer, Asking, figure
from engross.core.reports.tables import Cell, ColumnKind, ColumnSpec, Table, columns, table

# What an event can count as, in the order of the columns of the report's table.
COUNTED = ("accessions", "withdrawals", "expulsions", "defaults")
# Names of the scalar figures, what each counts, and its title.
IN_MONTH = (
    ("parties.acceded.in_month", "accessions", "Parties acceded in the month"),
    ("parties.withdrawn.in_month", "withdrawals", "Parties withdrawn in the month"),
    ("parties.expelled.in_month", "expulsions", "Parties expelled in the month"),
    ("parties.defaults_declared.in_month", "defaults", "Events of Default in the month"),
)

EVENT_COLUMNS = columns(
    ("event_key", "", "text"),
    ("event", "", "text"),
    ("party", "Party name", "text"),
    ("category", "Party Category", "text"),
    ("happened_on", "Day", "day"),
    ("party_key", "", "text"),
)


def events_told(asking: Asking) -> list[queries.EventRow]:
    """Return what happened to Parties in the months that the report tells of."""
    return once(asking, _read_events)


def _read_events(asking: Asking) -> list[queries.EventRow]:
    first, last = months_told(asking)[0].first_day, days_of_month(asking)[1]
    return queries.events_between(first, last, known_at=asking.known_at)


def _events_in(asking: Asking, first: date, last: date) -> list[queries.EventRow]:
    return [each for each in events_told(asking) if first <= each.happened_on <= last]


def _events_table(asking: Asking, events: Iterable[queries.EventRow]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in events:
        option = option_or_none(asking.code, "party_event_kinds", each.event)
        rows.append(
            (
                each.event,
                option.text("printed") if option else each.event,
                name_of(asking, each.party),
                category_on(asking, each.party, each.happened_on),
                each.happened_on,
                each.party,
            )
        )
    return table(EVENT_COLUMNS, rows)


def name_of(asking: Asking, party: str) -> str:
    """Return what a Party is called on the day asked about."""
    return once(asking, _read_names).get(party, party)


def _read_names(asking: Asking) -> dict[str, str]:
    return queries.names_on(asking.as_at, known_at=asking.known_at)


def category_on(asking: Asking, party: str, day: date) -> str | None:
    """Return the name of the category that a Party was in on a day, or had last, if any."""
    key = queries.category_at(once(asking, _read_spells).get(party, []), day)
    return called(asking.code, "party_categories", key) if key else None


def _read_spells(asking: Asking) -> dict[str, list[tuple[date, str]]]:
    return queries.category_spells(known_at=asking.known_at)


def _in_month(counted_as: str) -> Callable[[Asking], Answer]:
    def compute(asking: Asking) -> Answer:
        kinds = keys_counted_as(asking.code, "party_event_kinds", counted_as)
        found = [each for each in _events_in(asking, *days_of_month(asking)) if each.event in kinds]
        bases = frozenset(each.basis for each in found)
        return Answer(len(found), _events_table(asking, found), bases)

    return compute


for _name, _counted_as, _title in IN_MONTH:
    figure(
        _name,
        title=_title,
        unit="Parties",
        method=f"Party events of the month that the code counts as {_counted_as}.",
        needs=("party-events",),
    )(_in_month(_counted_as))


@figure(
    "parties.entries_and_exits",
    title="Market entry and exit in the month",
    unit="Parties",
    method="Accessions, withdrawals and expulsions of the month, each with the Party's name on "
    "the day asked about and the Party Category that it had when it happened.",
    needs=("party-events",),
)
def entries_and_exits(asking: Asking) -> Answer:
    """List who acceded, withdrew or was expelled in the month."""
    kinds = {
        key: place
        for place, counted_as in enumerate(COUNTED[:3])
        for key in keys_counted_as(asking.code, "party_event_kinds", counted_as)
    }
    found = [each for each in _events_in(asking, *days_of_month(asking)) if each.event in kinds]
    found.sort(key=lambda each: (kinds[each.event], each.happened_on, each.party))
    bases = frozenset(each.basis for each in found)
    return Answer(rows=_events_table(asking, found), bases=bases)


def _counts(asking: Asking, counted_as: str) -> list[int | None]:
    kinds = keys_counted_as(asking.code, "party_event_kinds", counted_as)
    days = [each.happened_on for each in events_told(asking) if each.event in kinds]
    without = months_without(asking, "party-events")
    return count_by_month(days, months_told(asking), without=without)


def _bases_told(asking: Asking) -> frozenset[str]:
    kinds = frozenset().union(
        *(keys_counted_as(asking.code, "party_event_kinds", each) for each in COUNTED)
    )
    return frozenset(each.basis for each in events_told(asking) if each.event in kinds)


@figure(
    "parties.events.by_month",
    title="Accessions, withdrawals, expulsions and Events of Default",
    unit="Parties",
    method="Party events by the month in which they happened; a month before the register was "
    "kept has no records.",
    needs=("party-events",),
)
def events_by_month(asking: Asking) -> Answer:
    """Count the events of each month that the report tells of."""
    specs = (
        ColumnSpec("month", kind=ColumnKind.MONTH),
        *(ColumnSpec(each, kind=ColumnKind.WHOLE) for each in COUNTED),
    )
    series = [_counts(asking, each) for each in COUNTED]
    rows = zip(months_told(asking), *series, strict=True)
    return Answer(rows=table(specs, rows), bases=_bases_told(asking))


@figure(
    "parties.membership.by_month",
    title="Membership by month",
    unit="Parties",
    method="The same events with one column a month, and the sum of the months with records.",
    needs=("party-events",),
)
def membership_by_month(asking: Asking) -> Answer:
    """Lay the counts of each month out as one row a kind of event."""
    specs = (
        ColumnSpec("event"),
        *month_columns(months_told(asking)),
        ColumnSpec("total", kind=ColumnKind.WHOLE),
    )
    rows: list[tuple[Cell, ...]] = []
    for counted_as in COUNTED:
        counts = _counts(asking, counted_as)
        rows.append((_plural(asking, counted_as), *counts, sum_known(counts)))
    return Answer(rows=table(specs, rows), bases=_bases_told(asking))


def _plural(asking: Asking, counted_as: str) -> str:
    kinds = keys_counted_as(asking.code, "party_event_kinds", counted_as)
    options = [each for each in asking.code.options("party_event_kinds") if each.key in kinds]
    return options[-1].plural if options else counted_as.capitalize()
