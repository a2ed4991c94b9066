"""Where a consultation stands, and what may be done with it there."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from engross.core.refusals import Reason


class State(StrEnum):
    """Where a consultation stands, from being written to its answers being published."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


def state_at(state: State, closes_at: datetime | None, at: datetime) -> State:
    """Return where a consultation stands at a moment, whether or not somebody closed it yet."""
    if state is State.OPEN and closes_at is not None and at > closes_at:
        return State.CLOSED
    return state


@dataclass(frozen=True)
class Drafted:
    """What a draft holds, as far as opening it asks."""

    state: State
    questions: int
    has_summary: bool
    needs_proposal: bool = False
    has_proposal: bool = False


def reasons_against_change(state: State) -> list[Reason]:
    """Return why the words and questions of a consultation may not be changed any more."""
    if state is State.DRAFT:
        return []
    what = "People have been asked these questions already"
    return [Reason(what, "Open another consultation, or extend this one and say why")]


def reasons_against_opening(drafted: Drafted) -> list[Reason]:
    """Return why a draft cannot be opened for answers, every reason at once."""
    reasons = []
    if drafted.state is not State.DRAFT:
        reasons.append(Reason(f"This consultation is {drafted.state} already", "Look at it again"))
    if not drafted.questions:
        reasons.append(Reason("It asks nothing yet", "Add a question"))
    if not drafted.has_summary:
        reasons.append(Reason("It does not say what it is about", "Write what the issue is"))
    if drafted.needs_proposal and not drafted.has_proposal:
        reasons.append(Reason("It is about no proposal", "Say which one it consults on"))
    return reasons


def reasons_against_extending(
    state: State, *, closes_on: date | None, until: date, at: datetime, closes_at: datetime | None
) -> list[Reason]:
    """Return why a consultation cannot be open until a later day."""
    now = state_at(state, closes_at, at)
    if now is not State.OPEN or closes_on is None:
        what = f"This consultation is {now}, not open"
        return [Reason(what, "Take in late answers one by one, or open another consultation")]
    if until <= closes_on:
        what = f"It is open until {closes_on:%d %B %Y} already"
        return [Reason(what, "Choose a later day")]
    return []


def reasons_against_answering(state: State) -> list[Reason]:
    """Return why no answer is taken; one after the close is taken, and flagged as late."""
    if state is State.DRAFT:
        return [Reason("This consultation is not open yet", "Come back once it is")]
    if state is State.PUBLISHED:
        what = "The answers to this consultation are published, so no other can join them"
        return [Reason(what, "Write to the code administrator")]
    return []


def reasons_against_publishing(state: State, *, undecided: int) -> list[Reason]:
    """Return why answers cannot be published; `undecided` counts late ones nobody decided on."""
    if state is State.PUBLISHED:
        return [Reason("The answers are published already", "Look at them")]
    if state is not State.CLOSED:
        return [Reason("It is not closed yet", "Wait until it closes")]
    if undecided:
        what = f"Nobody has decided yet about {undecided} late answer{'s' if undecided > 1 else ''}"
        return [Reason(what, "Take each in or leave it out, with a reason")]
    return []
