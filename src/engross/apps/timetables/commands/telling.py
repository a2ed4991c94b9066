"""Mail about steps that will end later than their timetable says, once for each new day."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from engross.apps.notices.commands import send_notice
from engross.apps.proposals.queries.notices import people_told
from engross.apps.timetables.models import Timetable
from engross.apps.timetables.queries.plans import TimetableSeen, timetables_of

EVENT = "timetable-slipped"


def tell_of_slips(*, on: date, at: datetime) -> int:
    """Queue mail about every step that slips on a day; return how many mails were queued.

    Under the same step and the same expected day nobody is told twice.
    """
    held = Timetable.objects.filter(approved_on__lte=on).order_by("proposal")
    proposals = sorted(set(held.values_list("proposal_id", flat=True)))
    return sum(_tell(seen, on=on, at=at) for seen in timetables_of(proposals, on=on).values())


@transaction.atomic
def _tell(seen: TimetableSeen, *, on: date, at: datetime) -> int:
    ahead = {each.step.key for each in seen.ahead}
    slip = next((each for each in seen.slips if each.step.key in ahead), None)
    if slip is None:
        return 0
    proposal = seen.course.proposal
    sent = send_notice(
        EVENT, about=f"{proposal.label} {seen.course.details.title}",
        link=reverse("timetables:timetable", args=[proposal.label]),
        context={"step": slip.step.name, "planned_on": slip.planned_on,
                 "forecast_on": slip.expected_on,
                 "reason": f"{slip.by} Working Days later than planned"},
        people=people_told(seen.course.details, on=on), at=at,
        once=f"{proposal.key}/{slip.step.key}/{slip.expected_on}",
    )  # fmt: skip
    return sent.count
