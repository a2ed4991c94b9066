"""Telling of steps that will end later than their timetable says, each slip once."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from engross.apps.audit.commands import record_event
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.notices.commands import send_notice
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries.notices import people_told
from engross.apps.registers.queries import active_code
from engross.apps.timetables.models import Timetable
from engross.apps.timetables.queries.plans import TimetableSeen, timetables_of
from engross.apps.timetables.queries.slips import last_slip_told
from engross.core.proposals.planning.plans import Slip
from engross.core.proposals.planning.slips import is_news

EVENT = "timetable-slipped"


def tell_of_slips(*, on: date, at: datetime) -> int:
    """Queue mail about every step that slips on a day; return how many mails were queued.

    A slip is told of again only once it has grown by as much as the code's data say.
    """
    held = Timetable.objects.filter(approved_on__lte=on).order_by("proposal")
    proposals = sorted(set(held.values_list("proposal_id", flat=True)))
    return sum(_tell(seen, on=on, at=at) for seen in timetables_of(proposals, on=on).values())


@transaction.atomic
def _tell(seen: TimetableSeen, *, on: date, at: datetime) -> int:
    ahead = {each.step.key for each in seen.ahead}
    slip = next((each for each in seen.slips if each.step.key in ahead), None)
    proposal = seen.course.proposal
    if slip is None or not _is_news(slip, proposal, on=on):
        return 0
    told = {"step": slip.step.name, "planned_on": slip.planned_on}
    cause = record_event(
        action="timetable.slip", subject=f"proposals/{proposal.key}", by=None, at=at,
        details={"key": slip.step.key, "step": slip.step.name,
                 "planned_on": slip.planned_on.isoformat(),
                 "expected_on": slip.expected_on.isoformat()},
    )  # fmt: skip
    sent = send_notice(
        EVENT, about=f"{proposal.label} {seen.course.details.title}",
        link=reverse("timetables:timetable", args=[proposal.label]),
        context={**told, "forecast_on": slip.expected_on,
                 "reason": f"{slip.by} Working Days later than planned"},
        people=people_told(seen.course.details, on=on), at=at, cause=cause,
        once=f"{proposal.key}/{slip.step.key}/{slip.expected_on}",
    )  # fmt: skip
    return sent.count


def _is_news(slip: Slip, proposal: Proposal, *, on: date) -> bool:
    # Locked, so that of two workers the second finds what the first has told.
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    least = int(str(active_code().parameter("slip_told_again", on=on)))
    return is_news(slip, last_slip_told(locked), least=least, calendar=calendar_of_the_code())
