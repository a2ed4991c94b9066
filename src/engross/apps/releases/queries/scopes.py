"""Reading the scope of a release, and the windows in which releases go live."""

from dataclasses import dataclass
from datetime import date, datetime

from engross.apps.registers.queries import active_code
from engross.apps.releases.models import ScopeEntry
from engross.core.releases.scope import ScopeDecision, scope_on
from engross.core.releases.windows import MovedWindow, WindowDay, WindowRule, next_windows


@dataclass(frozen=True)
class Scoped:
    """A decision on the scope of a release, with the proposal's lasting key."""

    entry: str
    key: str
    decision: ScopeDecision
    stands: bool


def scope_of(release: int, *, known_at: datetime | None = None) -> list[Scoped]:
    """Return what was decided on the scope of a release, the last decisions first."""
    rows = ScopeEntry.objects.known_at(known_at).filter(release=release)
    listed = rows.select_related("proposal").order_by("-decided_on", "proposal__key")
    said = {
        row: ScopeDecision(row.proposal.label, row.is_in, row.decided_on, row.body)
        for row in listed
    }
    last = scope_on(said.values())
    return [
        Scoped(str(row.entry), row.proposal.key, each, last[each.proposal] == each)
        for row, each in said.items()
    ]


def proposals_in_scope(release: int, *, on: date | None = None) -> set[int]:
    """Return the row numbers of the proposals in the scope of a release, as decided by a day."""
    rows = ScopeEntry.objects.known_at(None).filter(release=release).order_by("pk")
    decisions = [
        ScopeDecision(str(proposal), is_in, decided_on, body)
        for proposal, is_in, decided_on, body in rows.values_list(
            "proposal_id", "is_in", "decided_on", "body"
        )
    ]
    return {int(key) for key, each in scope_on(decisions, on).items() if each.is_in}


def windows_ahead(*, on: date, count: int = 4) -> list[WindowDay]:
    """Return the next release windows after a day, as the code's data has them."""
    return next_windows(_rules(on), _moved(), after=on, count=count)


def _rules(on: date) -> list[WindowRule]:
    return [
        WindowRule(
            key=each.key,
            name=each.name,
            month=each.number("month"),
            weekday=each.number("weekday"),
            which=each.number("which"),
            carries_systems=each.flag("carries_systems"),
        )
        for each in active_code().options("release_windows", on)
    ]


def _moved() -> list[MovedWindow]:
    return [
        MovedWindow(
            each.text("window"),
            each.number("year"),
            date(each.number("year"), each.number("month"), each.number("day")),
        )
        for each in active_code().options("moved_windows")
    ]
