"""The figure of the releases that lie ahead."""

from collections.abc import Iterable

from engross.apps.proposals.figures.standings import histories_for, stages_for
from engross.apps.proposals.queries import name_on
from engross.apps.releases.queries import releases_after
from engross.core.reports.figures import Answer, Asking, Span, figure
from engross.core.reports.tables import columns, table

COLUMNS = columns(("release", "", "text"), ("on", "Date", "day"), ("proposals", "", "text"))


@figure(
    "releases.coming",
    title="Releases to come",
    unit="releases",
    method="Releases after the day asked about as known now, with the names that the proposals "
    "in them bore on that day; those raised later are left out.",
    needs=("releases", "proposal-tranches"),
    span=Span.DAY,
)
def releases_coming(asking: Asking) -> Answer:
    """List the releases that lie ahead, with their proposals."""
    found = releases_after(asking.as_at, known_at=asking.known_at)
    rows = [
        (
            each.release,
            each.released_on,
            ", ".join(_names(asking, each.proposals)) or None,
        )
        for each in found
    ]
    bases = frozenset().union(*(each.bases for each in found))
    return Answer(rows=table(COLUMNS, rows), bases=bases)


def _names(asking: Asking, keys: Iterable[str]) -> list[str]:
    """Return what the proposals were called; one that was raised later was not there yet."""
    known = histories_for(asking)
    raised = ((key, known[key].raised_on if key in known else None) for key in keys)
    return sorted(_name(asking, key) for key, day in raised if day is None or day <= asking.as_at)


def _name(asking: Asking, key: str) -> str:
    history = histories_for(asking).get(key)
    return name_on(history, asking.as_at, stages_for(asking)) if history else key
