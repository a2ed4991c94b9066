"""Reminding of papers that are due for a meeting and not there, once for each meeting."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.notices.commands import send_notice
from engross.apps.proposals.queries import proposal_called
from engross.apps.proposals.queries.analysts import analysts_of
from engross.apps.timetables.queries.papers import PapersMissing, papers_missing
from engross.core.registers.addresses import address_of

EVENT = "papers-due"


@transaction.atomic
def tell_of_papers_due(*, on: date, at: datetime) -> int:
    """Queue mail about the papers that are due and not there; return how many mails were queued.

    A meeting that moves to another day is told of anew.
    """
    return sum(_tell(each, on=on, at=at) for each in papers_missing(on=on))


def _tell(found: PapersMissing, *, on: date, at: datetime) -> int:
    meeting = found.meeting
    sent = send_notice(
        EVENT, about=meeting.title,
        link=reverse("meetings:meeting", args=[address_of(meeting.meeting.key)]),
        context={"due": found.due_on, "meets_on": meeting.held_on,
                 "papers": "; ".join(each.title for each in found.items)},
        people={"lead-analyst": _analysts(found, on=on)}, body=meeting.body,
        paper_class=found.paper_class, at=at, once=f"{meeting.meeting.key}/{found.due_on}",
    )  # fmt: skip
    return sent.count


def _analysts(found: PapersMissing, *, on: date) -> list[User]:
    """Return who looks after the proposals whose papers are missing."""
    named = sorted({each.proposal for each in found.items if each.proposal})
    proposals = [each.pk for name in named if (each := proposal_called(name))]
    return list(analysts_of(proposals, on=on).values())
