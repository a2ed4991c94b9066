"""Which slips of timetables people were told of."""

from datetime import date

from engross.apps.audit.models import Event
from engross.apps.proposals.models import Proposal
from engross.core.proposals.planning.slips import SlipTold


def last_slip_told(proposal: Proposal) -> SlipTold | None:
    """Return the slip of a proposal's timetable that was told last; None if none was."""
    told = Event.objects.filter(action="timetable.slip", subject=f"proposals/{proposal.key}")
    last = told.order_by("-pk").first()
    if last is None:
        return None
    planned, expected = (
        date.fromisoformat(last.details[name]) for name in ("planned_on", "expected_on")
    )
    return SlipTold(last.details["key"], planned, expected)
