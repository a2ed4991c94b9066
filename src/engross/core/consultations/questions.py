"""What a question asks, what answers it, and what an answer reads like."""

import re
from dataclasses import dataclass
from enum import StrEnum

from engross.core.refusals import Reason

LONGEST_WORDS = 20_000
# A thousand million pounds: what is more was mistyped.
MOST_PENCE = 100_000_000_000
_POUNDS = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?", re.ASCII)


class Shape(StrEnum):
    """How a question is answered: one of several answers, words, or a figure or range of cost."""

    CHOICE = "choice"
    TEXT = "text"
    COST = "cost"


@dataclass(frozen=True)
class Question:
    """A question as a respondent meets it; `answers` are those of a choice."""

    number: int
    asks: str
    shape: Shape
    answers: tuple[str, ...] = ()
    has_reasons: bool = False
    is_required: bool = False
    help: str = ""


@dataclass(frozen=True)
class Given:
    """What answers one question: the one chosen, words or reasons, cost in pence from and to."""

    choice: str = ""
    words: str = ""
    least_pence: int | None = None
    most_pence: int | None = None
    is_confidential: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was answered; that nothing is confidential changes that not."""
        return not self.choice and not self.words.strip() and self.least_pence is None


NOTHING = Given()


def reasons_against_question(question: Question) -> list[Reason]:
    """Return why a question cannot be asked like this."""
    reasons = []
    if not question.asks.strip():
        reasons.append(Reason("The question has no words", "Write what it asks"))
    if question.shape is Shape.CHOICE and len(set(question.answers)) < 2:
        what = "There is nothing to choose from"
        reasons.append(Reason(what, "Write two different answers or more, one on a line"))
    return reasons


def reasons_against_answer(question: Question, given: Given) -> list[Reason]:
    """Return why an answer to a question cannot be handed in."""
    named = f"Question {question.number}"
    reasons = []
    if given.is_empty and question.is_required:
        reasons.append(Reason(f"{named} is not answered", "It needs an answer"))
    if given.choice and given.choice not in question.answers:
        what = f"{named} has no answer '{given.choice[:60]}'"
        reasons.append(Reason(what, f"Choose {' or '.join(question.answers) or 'none'}"))
    if len(given.words) > LONGEST_WORDS:
        what = f"{named}: {len(given.words):,} characters of at most {LONGEST_WORDS:,}"
        reasons.append(Reason(what, "Shorten it, or send the rest as a document"))
    if _is_backwards(given):
        what = f"{named}: the range begins above its end"
        reasons.append(Reason(what, "Write the least first, then the most"))
    return reasons


def _is_backwards(given: Given) -> bool:
    least, most = given.least_pence, given.most_pence
    return least is not None and most is not None and least > most


def read_pounds(text: str) -> int:
    """Return pence from pounds as people write them: 1200, £1,200 or 1,200.50.

    Raises ValueError, in a person's words, if it is no such figure.
    """
    found = _POUNDS.fullmatch(text.strip())
    if found is None:
        raise ValueError("Write pounds in figures, such as 1,200 or 1,200.50.")
    pence = int(found[1].replace(",", "")) * 100 + int((found[2] or "0").ljust(2, "0"))
    if pence > MOST_PENCE:
        raise ValueError("This is more than a thousand million pounds: is it mistyped?")
    return pence


def pounds(pence: int) -> str:
    """Return pence as pounds are written: £1,200 or £1,200.50."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


def printed_answer(given: Given) -> str:
    """Return the short of an answer: the one chosen or the cost; empty for words alone."""
    if given.choice:
        return given.choice
    if given.least_pence is None:
        return ""
    if given.most_pence is None or given.most_pence == given.least_pence:
        return pounds(given.least_pence)
    return f"{pounds(given.least_pence)} to {pounds(given.most_pence)}"
