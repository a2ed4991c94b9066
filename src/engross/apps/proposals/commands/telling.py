"""Mail about a move, to whom the code's data say."""

from datetime import date, datetime

from django.urls import reverse

from engross.apps.audit.models import Event as AuditEvent
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.notices.commands import send_notice
from engross.apps.proposals.queries.courses import Course
from engross.apps.proposals.queries.notices import (
    categories_affected,
    people_told,
    words_of_move,
)
from engross.apps.registers.queries import active_code
from engross.core.proposals.framework.consequences import consequences_of
from engross.core.proposals.framework.rules import MoveRule
from engross.core.proposals.framework.states import Event


def tell_of_move(
    course: Course, move: MoveRule, event: Event, *, reason: str, body: str, at: datetime,
    cause: AuditEvent,
) -> None:  # fmt: skip
    """Queue the mails of a move in the caller's transaction, each person told once of each."""
    if not move.mails:
        return
    told = consequences_of(
        move, event, course.state, course.framework(event.on),
        code=active_code(), calendar=calendar_of_the_code(),
    )  # fmt: skip
    # What it is called now: a move may change its name, as from a draft to a proposal.
    course.proposal.refresh_from_db(fields=["label"])
    words = words_of_move(course, move, told, on=event.on, reason=reason, body=body)
    label = course.proposal.label
    today: date = at.date()
    for key in move.mails:
        send_notice(
            key, about=f"{label} {course.details.title}",
            link=reverse("proposals:proposal", args=[label]), context=words,
            people=people_told(course.details, on=today),
            categories=categories_affected(course.proposal.pk), body=body, at=at, cause=cause,
        )  # fmt: skip
