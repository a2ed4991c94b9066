"""What can be searched that stands in no register: consultations and answers, votes, problems."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from django.urls import reverse

from engross.apps.consultations.models import Consultation
from engross.apps.consultations.queries import (
    Counted,
    address_of,
    as_given,
    counted_responses,
    kind_of,
)
from engross.apps.dates.queries import day_of
from engross.apps.proposals.models import ProblemStatement
from engross.apps.registers.queries import active_code, option_name
from engross.apps.search.registers.sources import Draft, HappeningSource, add_source
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import marking_of
from engross.core.access import Marking, Reach
from engross.core.consultations.questions import printed_answer
from engross.core.consultations.states import State

Keys = Collection[str] | None
CONSULTATIONS = "consultations"


def _lines(*words: str) -> str:
    return "\n".join(filter(None, words))


# Consultations, with what came of them and the answers that were published


def _consulted(keys: Keys) -> Iterable[Consultation]:
    """Return what was opened; a draft is nobody's to find."""
    rows = Consultation.objects.exclude(state=State.DRAFT).select_related("proposal")
    if keys is not None:
        rows = rows.filter(number__in=[each.removeprefix("CON") for each in keys])
    return rows.order_by("number")


def _consultations(keys: Keys) -> Iterator[Draft]:
    for row in _consulted(keys):
        questions = [
            _lines(each.asks, each.you_said, each.we_did)
            for each in row.questions.order_by("number")
        ]
        yield Draft(
            key=row.reference, title=str(row), href=address_of(row),
            body=_lines(
                kind_of(row).name, row.proposal.label if row.proposal else "", row.summary,
                row.solution, row.audience, row.conclusion, *questions,
            ),
            names=(row.reference,), categories=tuple(row.categories), day_from=row.opened_on,
        )  # fmt: skip


def _answers(keys: Keys) -> Iterator[Draft]:
    for row in _consulted(keys):
        if row.state == State.PUBLISHED:
            for number, each in enumerate(counted_responses(row), start=1):
                yield from _answers_of(row, number, each)


def _answers_of(row: Consultation, number: int, counted: Counted) -> Iterator[Draft]:
    """Return what a response says, an entry for each class of paper that its answers have."""
    on = day_of(row.published_at) if row.published_at else None
    given = sorted(counted.version.answers.all(),
                   key=lambda each: (each.paper_class, each.question.number))  # fmt: skip
    for paper_class, answers in groupby(given, key=lambda each: each.paper_class):
        yield Draft(
            key=f"{row.reference}/{number}/{paper_class}",
            title=f"{row.reference}: {_whose(counted)}",
            href=reverse("consultations:responses", args=[row.reference]),
            body=_lines(row.title, *(_answer(each, paper_class) for each in answers)),
            categories=(counted.response.category,) if counted.response.category else (),
            day_from=on, paper_class=paper_class, marking=counted.marking(paper_class),
        )  # fmt: skip


def _whose(counted: Counted) -> str:
    """Return whose answer it is: no person's name goes where it would have to be erased."""
    response = counted.response
    name = response.party.label if response.party else response.organisation
    if counted.version.is_anonymous or not name:
        return "an answer"
    return f"answer of {name}"


def _answer(row: Any, paper_class: str) -> str:
    given = as_given(row, paper_class)
    return ". ".join(filter(None, (printed_answer(given), given.words)))


# Votes


def _votes(keys: Keys) -> Iterator[Draft]:
    votes = Vote.objects.filter(withdrawn_because="").select_related("proposal")
    if keys is not None:
        votes = votes.filter(pk__in=keys)
    for vote in votes.order_by("pk"):
        yield Draft(
            key=str(vote.pk), title=vote.title, href=reverse("votes:vote", args=[vote.pk]),
            body=_lines(
                f"{option_name('bodies', vote.body)}: vote",
                vote.proposal.label if vote.proposal else "",
                vote.result["sentence"] if vote.result else "",
            ),
            day_from=day_of(vote.opens_at), paper_class=vote.paper_class,
            marking=marking_of(vote),
        )  # fmt: skip


# Problems that were described, for whoever described them and for staff


def _problems(keys: Keys) -> Iterator[Draft]:
    rows = ProblemStatement.objects.exclude(state="ended")
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    narrowest = max(active_code().options("paper_classes"), key=lambda each: each.number("rank"))
    for row in rows.order_by("pk"):
        people = frozenset({row.submitted_by_id} if row.submitted_by_id else ())
        yield Draft(
            key=str(row.pk), title=row.title,
            href=reverse("proposals:problem", args=[row.pk]),
            body=_lines(row.problem, row.comments), day_from=row.submitted_on,
            paper_class=narrowest.key, marking=Marking(Reach.NAMED, people=people),
        )  # fmt: skip


_RUNNING = tuple(
    f"consultation.{each}"
    for each in ("open", "extend", "close", "publish", "outcome", "late-answer")
)
add_source(HappeningSource(CONSULTATIONS, "consultation", CONSULTATIONS, _RUNNING,
                           _consultations, weight=1.3))  # fmt: skip
add_source(HappeningSource("consultation-answers", "answer", CONSULTATIONS,
                           ("consultation.publish", "consultation.late-answer"),
                           _answers, weight=0.8))  # fmt: skip
add_source(HappeningSource("votes", "vote", "votes", ("votes.open", "votes.count",
                           "votes.withdraw"), _votes, weight=1.1))  # fmt: skip
add_source(HappeningSource("problems", "problem", "problems", ("problem.",), _problems))
