"""Figures of market entry: which Parties completed which step, and which have yet to.

A step that is not public is counted for everybody and named only in `parties.testing.completions`.
"""

from collections.abc import Iterable
from datetime import date

from engross.apps.parties import queries
from engross.apps.parties.figures.events import category_on, name_of
from engross.apps.parties.figures.members import bases_of, members_counted, members_table
from engross.apps.registers.figures import called, days_of_month, once
from engross.apps.registers.queries import active_code
from engross.core.codes.codes import Code, Option
from engross.core.parties.market_entry import (
    Completed,
    Completion,
    completed_between,
    completed_together,
)
from engross.core.parties.membership import categories_in_order, is_network_or_supplier
from engross.core.reports.figures import Answer, Asking, Span, figure
from engross.core.reports.tables import Cell, Table, columns, table
from engross.core.reports.wording import printed_day

# The figure that names who completed tests; only readers of the tests' class may open it.
NAMED_TESTS = "parties.testing.completions"
LAST_MEETING = "meetings.main_body.last"

COMPLETED_COLUMNS = columns(
    ("party", "", "text"),
    ("category", "Party Category", "text"),
    ("roles", "User Roles", "text"),
    ("completed_on", "Completed on", "day"),
    ("party_key", "", "text"),
)
TEST_COLUMNS = columns(("process", "", "text"), ("process_key", "", "text")) + COMPLETED_COLUMNS


def class_of_tests(code: Code) -> str:
    """Return the strictest class of paper among the code's tests of market entry.

    Where every test is public, that is the class that everybody may read.
    """
    classes = {each.key: each for each in code.options("paper_classes")}
    of_tests = [classes[each.text("paper_class")] for each in _tests(code)]
    public = [each for each in classes.values() if each.flag("is_public")]
    return max([*public[:1], *of_tests], key=lambda each: each.number("rank")).key


def _tests(code: Code) -> list[Option]:
    return [each for each in code.options("market_entry_processes") if each.flag("is_test")]


def _is_public(asking: Asking, process: str) -> bool:
    paper_class = asking.code.option("market_entry_processes", process).text("paper_class")
    return asking.code.option("paper_classes", paper_class).flag("is_public")


def completions(asking: Asking) -> list[Completion]:
    """Return every step that was completed by the day asked about."""
    return once(asking, _read_completions)


def _read_completions(asking: Asking) -> list[Completion]:
    return queries.completions_until(asking.as_at, known_at=asking.known_at)


def _completions_of(asking: Asking, process: str) -> list[Completion]:
    return [each for each in completions(asking) if each.process == process]


def _basis_of(found: Iterable[Completion]) -> frozenset[str]:
    return frozenset(each.basis for each in found)


@figure(
    "parties.{market_entry_processes}.completed",
    title="Parties that have completed {market_entry_processes}",
    unit="Parties",
    method="Parties on the day that completed it by then, for one User Role or more; the Party "
    "Categories without a vote are left out.",
    needs=("party-categories", "market-entry"),
    span=Span.DAY,
)
def completed(asking: Asking, process: str) -> Answer:
    """Count the Parties that have completed a process."""
    found = _completions_of(asking, process)
    done = {each.party for each in found}
    members = [each for each in members_counted(asking) if each.key in done]
    counted = {each.key for each in members}
    bases = bases_of(members) | _basis_of(each for each in found if each.party in counted)
    rows = members_table(asking, members) if _is_public(asking, process) else None
    return Answer(len(members), rows, bases)


@figure(
    "parties.{market_entry_processes}.networks_and_suppliers_without",
    title="Networks and suppliers that have not completed {market_entry_processes}",
    unit="Parties",
    method="Parties on the day in a Party Category of networks or of suppliers that had not "
    "completed it for any User Role by then.",
    needs=("party-categories", "market-entry"),
    span=Span.DAY,
)
def networks_and_suppliers_without(asking: Asking, process: str) -> Answer:
    """Count the networks and suppliers that have yet to complete a process."""
    done = {each.party for each in _completions_of(asking, process)}
    categories = categories_in_order(asking.code)
    members = [
        each
        for each in members_counted(asking)
        if each.key not in done and is_network_or_supplier(each, categories)
    ]
    rows = members_table(asking, members) if _is_public(asking, process) else None
    return Answer(len(members), rows, bases_of(members))


@figure(
    "parties.{market_entry_processes}.completed_in_month",
    title="{market_entry_processes} completed in the month",
    unit="Parties",
    method="Completions of the month; the User Roles that a Party completed on one day stand in "
    "one row.",
    needs=("market-entry",),
)
def completed_in_month(asking: Asking, process: str) -> Answer:
    """List who completed a process in the month."""
    return _listed(asking, process, *days_of_month(asking))


@figure(
    "parties.{market_entry_processes}.completed_since_last_panel",
    title="{market_entry_processes} completed since the last Panel",
    unit="Parties",
    method="Completions from the day of the main body's last meeting up to the day asked about, "
    "both included; from the first of the month where no such meeting is recorded.",
    needs=("market-entry",),
    span=Span.DAY,
)
def completed_since_last_panel(asking: Asking, process: str) -> Answer:
    """List who completed a process since the main body last met."""
    return _listed(asking, process, last_meeting_on(asking), asking.as_at)


def last_meeting_on(asking: Asking) -> date:
    """Return the day on which the main body last met, or the first of the month if unknown."""
    last = asking.figure(LAST_MEETING)
    days = last.rows.cells("held_on") if last.rows else ()
    return days[0] if days and isinstance(days[0], date) else asking.month.first_day


def _since_note(asking: Asking) -> tuple[str, ...]:
    return (f"From {printed_day(last_meeting_on(asking))} to {printed_day(asking.as_at)}.",)


def _listed(asking: Asking, process: str, first: date, last: date) -> Answer:
    if not _is_public(asking, process):
        name = called(asking.code, "market_entry_processes", process)
        return Answer(notes=(f"Who completed {name} is not for everybody: see {NAMED_TESTS}.",))
    found = completed_between(_completions_of(asking, process), first, last)
    rows = [_row(asking, each) for each in completed_together(found)]
    undated = sorted({name_of(asking, each.party) for each in found if not each.day_known})
    notes = (f"Only the month is known of {', '.join(undated)}.",) if undated else ()
    return Answer(rows=table(COMPLETED_COLUMNS, rows), bases=_basis_of(found), notes=notes)


def _row(asking: Asking, each: Completed) -> tuple[Cell, ...]:
    roles = ", ".join(called(asking.code, "user_roles", role) for role in each.user_roles)
    category = category_on(asking, each.party, each.completed_on)
    day = each.completed_on if each.day_known else None
    return name_of(asking, each.party), category, roles or None, day, each.party


def _tested_lately(asking: Asking) -> list[Completion]:
    tests = {each.key for each in _tests(asking.code)}
    first = last_meeting_on(asking)
    found = completed_between(completions(asking), first, asking.as_at)
    return [each for each in found if each.process in tests]


@figure(
    "parties.testing.summary",
    title="Testing since the last Panel",
    unit="Parties",
    method="For each test of market entry the Parties that completed it, and for how many User "
    "Roles, from the day of the main body's last meeting up to the day asked about.",
    needs=("market-entry",),
    span=Span.DAY,
)
def testing_summary(asking: Asking) -> Answer:
    """Count who completed which test since the main body last met, without names."""
    found = _tested_lately(asking)
    rows = []
    for test in _tests(asking.code):
        own = [each for each in found if each.process == test.key]
        parties = len({each.party for each in own})
        roles = len({(each.party, each.user_role) for each in own if each.user_role})
        rows.append((test.key, test.text("abbreviation"), parties, roles))
    specs = columns(
        ("process_key", "", "text"),
        ("process", "Test", "text"),
        ("parties", "Parties", "whole"),
        ("user_roles", "User Roles", "whole"),
    )
    return Answer(rows=table(specs, rows), bases=_basis_of(found), notes=_since_note(asking))


@figure(
    NAMED_TESTS,
    title="Who completed testing since the last Panel",
    unit="Parties",
    method="The completions behind the summary of testing, with the Parties' names. Not for "
    "everybody: it bears the strictest class of the tests.",
    needs=("market-entry",),
    span=Span.DAY,
    # A deployment runs one code, and its class must stand before anyone can ask.
    paper_class=class_of_tests(active_code()),
)
def testing_completions(asking: Asking) -> Answer:
    """List who completed which test since the main body last met."""
    found = _tested_lately(asking)
    place = {each.key: at for at, each in enumerate(_tests(asking.code))}
    ordered = sorted(completed_together(found), key=lambda each: place[each.process])
    rows = _tests_table(asking, ordered)
    return Answer(rows=rows, bases=_basis_of(found), notes=_since_note(asking))


def _tests_table(asking: Asking, found: Iterable[Completed]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in found:
        test = asking.code.option("market_entry_processes", each.process)
        rows.append((test.text("abbreviation"), each.process, *_row(asking, each)))
    return table(TEST_COLUMNS, rows)
