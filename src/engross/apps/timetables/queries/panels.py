"""The part of a proposal's page that its forecast is fetched into."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from engross.apps.proposals.queries import PanelAsked
from engross.apps.registers.queries import active_code
from engross.core.proposals.forecasting.passages import Ways
from engross.core.proposals.histories import stages_of


def forecast_panel(asked: PanelAsked) -> Mapping[str, Any] | None:
    """Return where the forecast is to be had, of one that is open or awaits its release.

    Nothing is worked out here, so that no proposal's page waits for it.
    """
    ways = Ways.of(stages_of(active_code()))
    if not asked.as_at and asked.proposal.stage not in {*ways.open, *ways.awaiting}:
        return None
    query = f"?as_at={asked.as_at.isoformat()}" if asked.as_at else ""
    return {"href": reverse("timetables:forecast", args=[asked.proposal.label]) + query}


def timetable_panel(asked: PanelAsked) -> Mapping[str, Any] | None:
    """Return where the next steps of a proposal are to be had; None of one that has none ahead."""
    if asked.as_at or not asked.proposal.stage:
        return None
    if active_code().option("proposal_stages", asked.proposal.stage).flag("is_final"):
        return None
    return {"href": reverse("timetables:timetable", args=[asked.proposal.label])}
