"""Consultations to test with: one that is open about a proposal, and answers to it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.consultations import commands
from engross.apps.consultations.commands import Drafting, Newcomer, Said, Seen
from engross.apps.consultations.models import Consultation, Response
from engross.apps.consultations.queries import response_of_link
from engross.apps.proposals.models import Proposal
from engross.core.consultations.questions import Given
from tests import factories

OPENED_ON = date(2022, 6, 22)
OPENED_AT = datetime(2022, 6, 22, 9, tzinfo=UTC)
CLOSES_ON = date(2022, 7, 13)
CLOSES_AT = datetime(2022, 7, 13, 16, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
# What a Modification Report Consultation asks first, and its answer in words.
APPROVE, TEXT, WORDS = 1, 2, 4
UNSEEN = Seen()


def drafted(by: User, *, title: str = "Longer lamp posts", **more: Any) -> Consultation:
    """Return a draft about MP209, with the questions that its kind begins with."""
    if not Proposal.objects.filter(key="0209").exists():
        factories.proposal("MP209", raised_on="2022-06-10")
    drafting = Drafting(title, proposal=Proposal.objects.get(key="0209"),
                        summary="The lamps are too low.", **more)  # fmt: skip
    return commands.draft_consultation("modification-report", drafting, by=by, at=OPENED_AT)


def opened(by: User, *, closes_on: date = CLOSES_ON, **more: Any) -> Consultation:
    """Return a consultation about MP209 that is open from 22 June to 13 July 2022."""
    row = drafted(by, **more)
    commands.open_consultation(row, closes_on=closes_on, by=by, on=OPENED_ON, at=OPENED_AT)
    row.refresh_from_db()
    return row


def begun(row: Consultation, name: str, *, at: datetime = OPENED_AT, **more: str) -> Response:
    """Return a response that somebody began without an account."""
    newcomer = Newcomer(name, f"{name.lower()}@respondent.example", **more)
    found = response_of_link(commands.begin_response(row, newcomer, at=at))
    if found is None:
        raise LookupError("The link does not lead to the response")
    return found


def answer(
    response: Response, answers: dict[int, Given], *, at: datetime = OPENED_AT,
    by: User | None = None, seen: Seen = UNSEEN, is_anonymous: bool = False,
) -> None:  # fmt: skip
    """Save answers and hand them in."""
    saved = commands.save_answers(response, Said(answers, is_anonymous), seen=seen, by=by, at=at)
    commands.submit_response(response, seen=Seen(saved.number, saved.saves), by=by,
                             on=at.date(), at=at)  # fmt: skip
