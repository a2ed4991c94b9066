"""Reading across the apps: what changed, what is next, and whose move it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Max
from django.urls import NoReverseMatch, reverse

from engross.apps.audit.queries import latest_event_hash
from engross.apps.proposals.queries import (
    Waiting,
    assessments_due,
    counted_to,
    days_before,
    whose_move,
)
from engross.apps.registers.queries import (
    Asked,
    active_code,
    option_name,
    rows_of,
)
from engross.apps.registers.registers import Register, register_named
from engross.apps.reports.queries import readable_papers, reported_months
from engross.core.access import ANYONE, Reader
from engross.core.registers.addresses import address_of

SPAN = timedelta(days=30)
LINES = 8
MOST_EARLIER = 4
MOST_RELEASES = 4
HAPPENED = ("proposal-stages", "decisions", "code-versions", "product-lists")


@dataclass(frozen=True)
class Line:
    """A line of the home page: a day, what it is about, and where that stands."""

    on: date | None
    name: str
    href: str
    text: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Block:
    """What changed in one register: the latest lines, and how many there are in all.

    `is_earlier` says that nothing changed in the 30 days, and that these came before.
    """

    title: str
    href: str
    lines: tuple[Line, ...]
    count: int
    is_earlier: bool


@dataclass(frozen=True)
class Home:
    """What the home page shows, told from a day; `is_past` if records end before today."""

    day: date
    is_past: bool
    changed: tuple[Block, ...]
    upcoming: tuple[Line, ...]
    waiting: tuple[tuple[Waiting, str], ...]
    reports: tuple[Line, ...]


def home(*, today: date, as_at: date | None = None, reader: Reader = ANYONE) -> Home:
    """Return what changed by a day, and what is next after it.

    Without `as_at` the day is today; if proposals are no longer kept and none was moved here
    since, the last day on which they were; else, if nothing happened in the 30 days before, the
    latest day that saw anything.
    What anybody may read is kept until the next event.
    """
    if reader != ANYONE:
        return _home(today, as_at, reader)
    place = f"home:{settings.ENGROSS_CODE}:{latest_event_hash()}:{today}:{as_at}"
    kept: Any = caches["local"].get_or_set(place, lambda: _home(today, as_at, reader))
    told: Home = kept
    return told


def _home(today: date, as_at: date | None, reader: Reader) -> Home:
    counted = counted_to(today)
    if as_at is None and counted.kept < today and not counted.moved:
        as_at = counted.kept
    day = as_at or _latest_day(today)
    return Home(
        day=day,
        is_past=day != today,
        changed=tuple(_changed(day, reader=reader)),
        upcoming=tuple(_upcoming(day)),
        waiting=_waiting(today, as_at),
        reports=_reports(reader),
    )


def _latest_day(today: date) -> date:
    latest = [_last_day_of(register_named(name), today) for name in HAPPENED]
    known = max((each for each in latest if each), default=today)
    return known if today - known > SPAN else today


def _last_day_of(register: Register, today: date) -> date | None:
    rows: Any = register.model.objects.known_at(None)
    until = rows.filter(**{f"{register.day}__lte": today})
    return until.aggregate(last=Max(register.day))["last"]  # type: ignore[no-any-return]


def _changed(day: date, *, reader: Reader) -> Iterable[Block]:
    for name, make in _MADE.items():
        register = register_named(name)
        until: Any = rows_of(register, Asked(as_at=day, reader=reader))
        rows = until.filter(**{f"{register.day}__gt": days_before(day, SPAN)})
        lines = tuple(make(row) for row in rows[: LINES + 1])
        is_earlier = not lines
        if is_earlier:
            lines = tuple(make(row) for row in until[:MOST_EARLIER])
        count = rows.count() if len(lines) > LINES else len(lines)
        yield Block(register.title, _list_of(name), lines[:LINES], count, is_earlier)


def _stage_line(row: Any) -> Line:
    printed = active_code().option("proposal_stages", row.stage).text("printed")
    return Line(row.moved_on, row.proposal.label, _proposal(row.proposal.label), printed, row.basis)


def _decision_line(row: Any) -> Line:
    outcome = option_name("decision_outcomes", row.outcome)
    text = f"{outcome}, {option_name('bodies', row.body)}"
    return Line(row.decided_on, row.proposal.label, _proposal(row.proposal.label), text, row.basis)


def _version_line(row: Any) -> Line:
    text = option_name("version_reasons", row.cause) if row.cause else ""
    href = _address("releases:version", row.version.key)
    return Line(row.effective_on, row.version.label, href, text, row.basis)


def _publication_line(row: Any) -> Line:
    name = option_name("product_lists", row.product_list)
    return Line(row.published_on, name, _entry("product-lists", row), f"Version {row.version}",
                row.basis)  # fmt: skip


_MADE: Mapping[str, Any] = {
    "proposal-stages": _stage_line,
    "decisions": _decision_line,
    "code-versions": _version_line,
    "product-lists": _publication_line,
}


def _proposal(label: str) -> str:
    return reverse("proposals:proposal", args=[label])


def _entry(register: str, row: Any) -> str:
    return reverse("registers:entry", args=[register, row.entry])


def _list_of(register: str) -> str:
    return reverse("registers:list", args=[register])


def _address(name: str, key: str) -> str:
    """Return the address of a page by the key of what it shows, written as addresses are.

    Empty where this site has no such page; a line then stands without a link.
    """
    try:
        return reverse(name, args=[address_of(key)])
    except NoReverseMatch:
        return ""


def _reports(reader: Reader) -> tuple[Line, ...]:
    """Return the latest month of each paper that the code makes."""
    lines = []
    for paper in readable_papers(reader):
        for month in reported_months(paper.key)[:1]:
            href = reverse("reports:paper", args=[paper.key, str(month)])
            lines.append(Line(None, f"{paper.title}, {month.name}", href))
    return tuple(lines)


def _upcoming(day: date) -> list[Line]:
    """Return what lies ahead of the day: meetings, releases, assessments that fall due."""
    lines = [*_meetings_after(day), *_releases_after(day), *_due_after(day)]
    return sorted(lines, key=lambda line: (line.on or date.max, line.name))[: 2 * LINES]


def _meetings_after(day: date) -> list[Line]:
    rows: Any = register_named("meetings").model.objects.known_at(None)
    coming = rows.filter(held_on__gte=day, is_cancelled=False).select_related("meeting")
    return [
        Line(
            row.held_on, row.title, _address("meetings:meeting", row.meeting.key),
            option_name("bodies", row.body), row.basis,
        )
        for row in coming.order_by("held_on", "meeting_id")[:LINES]
    ]  # fmt: skip


def _releases_after(day: date) -> list[Line]:
    rows: Any = register_named("releases").model.objects.known_at(None)
    coming = rows.filter(released_on__gte=day).select_related("release")
    return [
        Line(
            row.released_on, row.release.label, _address("releases:release", row.release.key),
            "Release", row.basis,
        )
        for row in coming.order_by("released_on", "release_id")[:MOST_RELEASES]
    ]  # fmt: skip


def _due_after(day: date) -> list[Line]:
    kinds = active_code().option_list("assessment_kinds")
    return [
        Line(due.on, due.proposal, _proposal(due.proposal), f"{kinds.option(due.kind)} due",
             due.basis)
        for due in assessments_due(day)
    ]  # fmt: skip


def _waiting(today: date, as_at: date | None) -> tuple[tuple[Waiting, str], ...]:
    """Return on whom open proposals wait, with the bodies' names."""
    return tuple(
        (each, " or ".join(option_name("bodies", body) for body in each.bodies) or "Nobody named")
        for each in whose_move(on=today, as_at=as_at)
    )
