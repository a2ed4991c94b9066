"""Parts of a proposal's page that apps above bring: consultations, votes, its timetable."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries.seen import ProposalSeen
from engross.apps.registers.queries import RowsAbout
from engross.core.access import Reader


@dataclass(frozen=True)
class PanelAsked:
    """Whose page is shown, to whom, on which day; `as_at` names a day in the past, if one is.

    `seen` is what is told of the proposal. `about` is what registers hold of it, and knows which
    other tables name it.
    """

    seen: ProposalSeen
    about: RowsAbout
    on: date
    as_at: date | None = None

    @property
    def proposal(self) -> Proposal:
        """Return the proposal whose page is shown."""
        return self.seen.proposal

    @property
    def reader(self) -> Reader:
        """Return to whom it is shown."""
        return self.about.reader


@dataclass(frozen=True)
class Panel:
    """A part of the page: its heading, its template, and what fills it; nothing leaves it out."""

    name: str
    title: str
    order: int
    template: str
    context: Callable[[PanelAsked], Mapping[str, Any] | None]


_panels: dict[str, Panel] = {}


def add_panel(panel: Panel) -> None:
    """Make a part of the page known; a second one of the same name replaces it."""
    _panels[panel.name] = panel


def panels_of(asked: PanelAsked) -> list[tuple[Panel, Mapping[str, Any]]]:
    """Return the parts that have something to show, in their order."""
    shown = []
    for panel in sorted(_panels.values(), key=lambda each: (each.order, each.name)):
        context = panel.context(asked)
        if context is not None:
            shown.append((panel, context))
    return shown
