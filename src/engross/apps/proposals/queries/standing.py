"""What a proposal's page says of where it stands: its marks, its deadlines, who looks after it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engross.apps.proposals.models import LeadAnalyst
from engross.apps.proposals.queries.analysts import analysts_of
from engross.apps.proposals.queries.panels import Panel, PanelAsked


def standing_part(asked: PanelAsked) -> Mapping[str, Any] | None:
    """Return what the page shows of a proposal that is not done yet; None of others."""
    day, course = asked.as_at or asked.on, asked.seen.course
    if course is None or not course.framework(day).moves:
        return None
    framework = course.framework(day)
    return {
        "marks": [framework.marks[key].name for key in sorted(course.state.marks)
                  if key in framework.marks and framework.marks[key].is_shown],
        "deadlines": [{"told": each, "is_late": each.is_late(day)}
                      for each in asked.seen.deadlines],
        "analyst": _analyst(asked, day),
        "label": asked.proposal.label if asked.reader.is_within and not asked.as_at else "",
    }  # fmt: skip


def _analyst(asked: PanelAsked, day: date) -> str:
    """Return who looks after the proposal, for those who work on it; '' if nobody does."""
    if not asked.reader.is_within or not asked.about.is_named_in(LeadAnalyst):
        return ""
    found = analysts_of([asked.proposal.pk], on=day).get(asked.proposal.pk)
    return str(found) if found else ""


STANDING = Panel("standing", "Where it stands", 5, "proposals/standing.html", standing_part)
