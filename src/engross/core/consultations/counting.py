"""Which version of a response counts, and the answers laid side by side and counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from engross.core.consultations.questions import Given, Question, Shape, printed_answer
from engross.core.refusals import Reason
from engross.core.reports.tables import Cell, ColumnKind, ColumnSpec, Table

NOT_TOLD = "Not told"
NO_ANSWER = "No answer"


class LateDecision(StrEnum):
    """What was decided about a version that came after the close."""

    UNDECIDED = ""
    TAKEN = "taken"
    LEFT_OUT = "left-out"


@dataclass(frozen=True)
class Handed:
    """A version of a response as it was handed in."""

    number: int
    is_late: bool = False
    decision: LateDecision = LateDecision.UNDECIDED

    @property
    def counts(self) -> bool:
        """Say whether it may stand among the answers: it came in time, or was taken in."""
        return not self.is_late or self.decision is LateDecision.TAKEN


def counted_version(versions: Iterable[Handed]) -> int | None:
    """Return the number of the version that stands: the last that counts; None if none does.

    A late version that nobody has taken in leaves the one before it standing.
    """
    return max((each.number for each in versions if each.counts), default=None)


def reasons_against_late_decision(handed: Handed, *, reason: str) -> list[Reason]:
    """Return why nothing can be decided about a version for being late."""
    if not handed.is_late:
        return [Reason("This answer came in time", "It counts without a decision")]
    if handed.decision is not LateDecision.UNDECIDED:
        return [Reason("This late answer is decided already", "Look at it again")]
    if not reason.strip():
        return [Reason("A decision about a late answer needs its reason", "Say why")]
    return []


@dataclass(frozen=True)
class Answered:
    """A respondent's answers by the number of their question, and how the respondent is told.

    `name` and `category` are as whoever reads may know them: empty where they may not.
    """

    name: str
    category: str = ""
    answers: Mapping[int, Given] = field(default_factory=dict)


def _lines(responses: Sequence[Answered], question: Question) -> Iterable[tuple[str, str]]:
    """Yield of each who answered the question the category and the short of the answer."""
    for each in responses:
        given = each.answers.get(question.number)
        if given is not None and not given.is_empty:
            yield each.category or NOT_TOLD, printed_answer(given) or NO_ANSWER


def summary_of(
    question: Question, responses: Sequence[Answered], *, categories: Sequence[str]
) -> Table:
    """Return how many of each category gave each answer, with totals; a text counts who wrote.

    `categories` gives the order; one in which nobody answered is left out.
    """
    lines = list(_lines(responses, question))
    heads = [*question.answers] if question.shape is Shape.CHOICE else []
    if any(answer not in heads for _, answer in lines) and heads:
        heads.append(NO_ANSWER)
    columns = [ColumnSpec("category", "Party Category")]
    columns += [
        ColumnSpec(f"answer_{place}", head, ColumnKind.WHOLE)
        for place, head in enumerate(heads, start=1)
    ]
    columns.append(ColumnSpec("answered", "Answered", ColumnKind.WHOLE))
    rows = []
    for category in (*categories, NOT_TOLD):
        own = [answer for each, answer in lines if each == category]
        if own:
            rows.append(_row(category, own, heads))
    if (counted := sum(int(str(row[-1])) for row in rows)) != len(lines):
        raise ValueError(f"{counted} answers by category of {len(lines)}: is a category unknown?")
    return Table(tuple(columns), tuple(rows)).with_total()


def _row(category: str, answers: list[str], heads: Sequence[str]) -> tuple[Cell, ...]:
    counts = [answers.count(head) for head in heads]
    if heads and sum(counts) != len(answers):
        raise ValueError(f"{category}: {sum(counts)} counted of {len(answers)} answers")
    return (category, *counts, len(answers))


def cost_range(question: Question, responses: Sequence[Answered]) -> tuple[int, int] | None:
    """Return the sum of the least and of the most costs told, in pence; None if none was."""
    told = [
        given
        for each in responses
        if (given := each.answers.get(question.number)) and given.least_pence is not None
    ]
    if not told:
        return None
    least = sum(given.least_pence or 0 for given in told)
    most = sum(
        (given.least_pence or 0) if given.most_pence is None else given.most_pence for given in told
    )
    return least, most
