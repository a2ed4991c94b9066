"""Things to test with: rows recorded through the registers, as an import records them.

Each function records one row or a few and gives back nothing: what a test needs to see stands
in the test. `at` is the moment of recording; days are dates or texts such as "2021-09-30".
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from engross.apps.registers.commands import (
    NamedSheet,
    import_sheets,
    withdraw_entry,
)
from engross.apps.registers.registers import register_named
from engross.apps.reports.queries import asking_for
from engross.core.dates.months import Month
from engross.core.reports.figures import Asking

AT = datetime(2021, 10, 1, 9, 0, tzinfo=UTC)
LONG_AGO = "2012-01-01"

Day = date | str | None


def record(register: str, rows: Iterable[Mapping[str, Any]], *, at: datetime = AT) -> None:
    """Record rows in a register as an import would; a row whose key is known corrects it."""
    listed = [dict(row) for row in rows]
    titles = list(dict.fromkeys(title for row in listed for title in row))
    lines: list[tuple[int, Sequence[object]]] = [(1, titles)]
    for number, row in enumerate(listed, start=2):
        lines.append((number, [_written(row.get(title)) for title in titles]))
    # As of a file: what is kept in the process under all that was recorded is no other test's.
    sha256 = hashlib.sha256(repr(lines).encode()).hexdigest()
    import_sheets([NamedSheet(register, f"{register}.csv", sha256, lines)], by=None, at=at)


def ask(month: str, *, as_at: Day = None, known_at: datetime | None = None) -> Asking:
    """Return a round of questions about a month, long after it."""
    day = date.fromisoformat(as_at) if isinstance(as_at, str) else as_at
    return asking_for(Month.parse(month), on=date(2030, 1, 1), as_at=day, known_at=known_at)


def _written(cell: Any) -> object:
    if cell is None:
        return ""
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)


def keep(*registers: str, since: Day = LONG_AGO, until: Day = None, at: datetime = AT) -> None:
    """Say that registers are kept from a day, and perhaps until another."""
    record(
        "kept-registers",
        [{"register": each, "held_from": since, "held_until": until} for each in registers],
        at=at,
    )


def withdraw(register: str, /, *, at: datetime = AT, by: Any = None, **values: Any) -> None:
    """Withdraw the one live row of a register that has these values.

    A reference is given by its key: `party__key="P1"`.
    """
    declared = register_named(register)
    row = declared.model.objects.known_at(None).get(**values)
    withdraw_entry(declared, row.entry, by=by, at=at, reason="It was recorded by mistake")


def party(
    key: str,
    *,
    category: str,
    group: str = "",
    since: Day = "2014-01-01",
    until: Day = None,
    name: str = "",
    basis: str = "record",
    at: datetime = AT,
) -> None:
    """Record a Party: its name, its Party Category and, unless empty, its Voting Group."""
    held = {"party": key, "held_from": since, "held_until": until, "basis": basis}
    record("parties", [{**held, "legal_name": name or f"{key} Limited"}], at=at)
    record("party-categories", [{**held, "category": category}], at=at)
    if group:
        record("voting-groups", [{**held, "voting_group": group}], at=at)


def party_event(key: str, event: str, on: Day, *, at: datetime = AT, **more: Any) -> None:
    """Record that something happened to a Party that is on the register."""
    record("party-events", [{"party": key, "event": event, "happened_on": on, **more}], at=at)


def market_entry(
    key: str, process: str, on: Day, *, role: str = "", at: datetime = AT, **more: Any
) -> None:
    """Record that a Party completed a step of market entry."""
    row = {"party": key, "process": process, "user_role": role, "completed_on": on, **more}
    record("market-entry", [row], at=at)


def proposal(
    key: str,
    *,
    raised_on: Day = None,
    moves: Iterable[tuple[str, Day]] = (),
    title: str = "",
    parent: str = "",
    basis: str = "record",
    at: datetime = AT,
    **more: Any,
) -> None:
    """Record a proposal and the stages it entered, each with its day or None."""
    row = {"proposal": key, "title": title or f"About {key}", "raised_on": raised_on}
    record("proposals", [{**row, "parent": parent, "basis": basis, **more}], at=at)
    for stage, on in moves:
        move(key, stage, on, basis=basis, at=at)


def move(key: str, stage: str, on: Day, *, at: datetime = AT, **more: Any) -> None:
    """Record that a proposal entered a stage."""
    record("proposal-stages", [{"proposal": key, "stage": stage, "moved_on": on, **more}], at=at)


def assessment(
    key: str,
    kind: str,
    *,
    accepted_on: Day = None,
    returned_on: Day = None,
    target: int = 15,
    convention: str = "weekdays-inclusive",
    at: datetime = AT,
    **more: Any,
) -> None:
    """Record an assessment of a proposal that is on the register."""
    row = {
        "proposal": key,
        "kind": kind,
        "accepted_on": accepted_on,
        "returned_on": returned_on,
        "target_working_days": target,
        "convention": convention,
    }
    record("assessments", [{**row, **more}], at=at)


def decision(key: str, outcome: str, on: Day, *, body: str, at: datetime = AT, **more: Any) -> None:
    """Record what a body decided about a proposal."""
    row = {"proposal": key, "body": body, "decided_on": on, "outcome": outcome, **more}
    record("decisions", [row], at=at)


def meeting(
    key: str, body: str, on: Day, *, number: str = "", at: datetime = AT, **more: Any
) -> None:
    """Record a meeting of a body."""
    row = {"meeting": key, "body": body, "number": number, "title": f"Meeting {key}"}
    record("meetings", [{**row, "held_on": on, **more}], at=at)


def release(key: str, on: Day, *, kind: str = "scheduled", at: datetime = AT) -> None:
    """Record a release."""
    record("releases", [{"release": key, "kind": kind, "released_on": on}], at=at)


def tranche(key: str, *, state: str, at: datetime = AT, **more: Any) -> None:
    """Record a part in which a proposal goes live."""
    record("proposal-tranches", [{"proposal": key, "state": state, **more}], at=at)


def version(key: str, on: Day, *, at: datetime = AT, **more: Any) -> None:
    """Record a version of the code."""
    record("code-versions", [{"version": key, "effective_on": on, **more}], at=at)


def publication(key: str, version: str, on: Day, *, at: datetime = AT) -> None:
    """Record that a version of a product list was published."""
    row = {"product_list": key, "version": version, "published_on": on}
    record("product-lists", [row], at=at)


def assured(
    reference: str,
    device_type: str,
    *,
    since: Day,
    devices: int = 1,
    at: datetime = AT,
    **more: Any,
) -> None:
    """Record devices that are assured."""
    row = {"reference": reference, "device_type": device_type, "devices": devices}
    record("device-assurance", [{**row, "assured_on": since, **more}], at=at)


def contact(
    reference: str, on: Day, *, channel: str = "email", topic: str = "", at: datetime = AT
) -> None:
    """Record one contact with the helpdesk."""
    row = {"reference": reference, "received_on": on, "channel": channel, "topic": topic}
    record("helpdesk-contacts", [row], at=at)


def series(key: str, month: str, value: int | None, *, part: str = "", **more: Any) -> None:
    """Record one value of a monthly series, as imported."""
    row = {"series": key, "month": month, "value": value, "part": part, "basis": "imported"}
    record("monthly-series", [{**row, **more}])


def issue(on: Day, *, subscribers: int | None = None, views: int | None = None) -> None:
    """Record an issue of the newsletter."""
    row = {"issued_on": on, "title": f"Newsletter of {on}"}
    record("newsletter-issues", [{**row, "subscribers": subscribers, "views": views}])


def effort(month: str, driver: str, days: str, *, group: str, team: str, **more: Any) -> None:
    """Record days worked."""
    row = {"month": month, "effort_group": group, "driver": driver, "team": team, "days": days}
    record("effort", [{**row, **more}])
