"""What a proposal's page says of where it stands: its marks, its deadlines, who looks after it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.proposals.models import LeadAnalyst
from engross.apps.proposals.queries.analysts import analysts_of
from engross.apps.proposals.queries.courses import course_of
from engross.apps.proposals.queries.panels import Panel, PanelAsked
from engross.apps.registers.queries import active_code, option_name
from engross.core.proposals.framework.consequences import waits_on


def standing_part(asked: PanelAsked) -> Mapping[str, Any] | None:
    """Return what the page shows of a proposal that is not done yet; None of others."""
    day = asked.as_at or asked.on
    stage = asked.proposal.stage
    if not stage or active_code().option("proposal_stages", stage).flag("is_final"):
        return None
    course = course_of(asked.proposal, on=day, with_facts=False)
    if course is None or not course.framework(day).moves:
        return None
    framework = course.framework(day)
    calendar = calendar_of_the_code()
    deadlines = course.deadlines(day, calendar=calendar)
    analyst = _analyst(asked, day)
    bodies = waits_on(course.state, framework, code=active_code(), calendar=calendar, on=day)
    return {
        "marks": [framework.marks[key].name for key in sorted(course.state.marks)
                  if key in framework.marks and framework.marks[key].is_shown],
        "waits_on": " or ".join(option_name("bodies", key) for key in bodies),
        "deadlines": [{"told": each, "is_late": each.is_late(day)} for each in deadlines],
        "analyst": analyst,
        "label": asked.proposal.label if asked.reader.is_within and not asked.as_at else "",
    }  # fmt: skip


def _analyst(asked: PanelAsked, day: date) -> str:
    """Return who looks after the proposal, for those who work on it; '' if nobody does."""
    if not asked.reader.is_within or not asked.about.is_named_in(LeadAnalyst):
        return ""
    found = analysts_of([asked.proposal.pk], on=day).get(asked.proposal.pk)
    return str(found) if found else ""


STANDING = Panel("standing", "Where it stands", 5, "proposals/standing.html", standing_part)
