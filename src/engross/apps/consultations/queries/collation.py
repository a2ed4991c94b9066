"""Answers side by side, as far as whoever reads may know them; and counted by Party Category."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engross.apps.consultations.models import Consultation, Question
from engross.apps.consultations.queries.kinds import asked, category_names, kind_of
from engross.apps.consultations.queries.responses import Counted, as_given, counted_responses
from engross.core.access import Marking, Reach, Reader, may_read
from engross.core.consultations.counting import Answered, cost_range, summary_of
from engross.core.consultations.questions import NOTHING, Given, printed_answer
from engross.core.consultations.states import State
from engross.core.reports.tables import Table

ANONYMOUS = "Anonymous"


@dataclass(frozen=True)
class Respondent:
    """A respondent as whoever reads may know them."""

    number: int
    name: str
    category: str
    is_anonymous: bool
    is_late: bool
    answers: dict[int, Given]
    # How many answers there are that the reader may not read.
    hidden: int


@dataclass(frozen=True)
class Collation:
    """All that counts of a consultation for one reader, question by question."""

    consultation: Consultation
    questions: tuple[Question, ...]
    respondents: tuple[Respondent, ...]
    # What was read, for the log of reads.
    markings: tuple[Marking, ...]

    @property
    def is_beyond_public(self) -> bool:
        """Say whether anything of it is not for everybody."""
        named = any(each.is_anonymous and each.name != ANONYMOUS for each in self.respondents)
        return named or any(each.reach is not Reach.ANYONE for each in self.markings)

    def summary(self, question: Question) -> Table:
        """Return how many of each Party Category gave each answer to a question."""
        return summary_of(
            asked(question), self._answered(), categories=[*category_names().values()]
        )

    def costs(self, question: Question) -> tuple[int, int] | None:
        """Return the sum of the least and of the most costs told, in pence."""
        return cost_range(asked(question), self._answered())

    def _answered(self) -> list[Answered]:
        return [Answered(each.name, each.category, each.answers) for each in self.respondents]

    def lines(self) -> Iterator[dict[str, str | int | bool]]:
        """Yield a line for each answer of each respondent, question by question."""
        for question in self.questions:
            for each in self.respondents:
                given = each.answers.get(question.number, NOTHING)
                if not given.is_empty:
                    yield {
                        "question": question.number,
                        "asks": question.asks,
                        "respondent": each.name,
                        "category": each.category,
                        "answer": printed_answer(given),
                        "words": given.words,
                        "is_confidential": given.is_confidential,
                        "is_anonymous": each.is_anonymous,
                        "is_late": each.is_late,
                    }


def collation_for(consultation: Consultation, reader: Reader) -> Collation | None:
    """Return the answers that a reader may read; None while nobody but staff may read any.

    A respondent who asked not to be named is called so for all but staff and the own Party.
    """
    if consultation.state != State.PUBLISHED and not reader.handles_all:
        return None
    questions = tuple(consultation.questions.order_by("number"))
    counted = counted_responses(consultation)
    kind = kind_of(consultation)
    seen = [_seen(number, each, reader, kind.text("confidential_class"))
            for number, each in enumerate(counted, start=1)]  # fmt: skip
    markings = tuple(each for _, read in seen for each in read)
    return Collation(consultation, questions, tuple(each for each, _ in seen), markings)


def _seen(
    number: int, counted: Counted, reader: Reader, confidential: str
) -> tuple[Respondent, Sequence[Marking]]:
    answers, read, hidden = {}, [], 0
    for question, row in counted.answers.items():
        marking = counted.marking(row.paper_class)
        if may_read(reader, marking):
            answers[question] = as_given(row, confidential)
            read.append(marking)
        elif not as_given(row, confidential).is_empty:
            hidden += 1
    version = counted.version
    named = not version.is_anonymous or may_read(reader, counted.marking(confidential))
    told = Respondent(
        number=number, name=name_of(counted) if named else ANONYMOUS,
        category=category_names().get(counted.response.category, "") if named else "",
        is_anonymous=version.is_anonymous, is_late=version.is_late, answers=answers, hidden=hidden,
    )  # fmt: skip
    return told, read


def name_of(counted: Counted) -> str:
    """Return what a respondent is called: the Party, the organisation, or the person."""
    response = counted.response
    return response.party.label if response.party else response.organisation or response.name
