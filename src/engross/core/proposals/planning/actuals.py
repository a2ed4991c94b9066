"""When the steps of a timetable began and ended, told from what happened to a proposal."""

from collections.abc import Iterable, Sequence
from datetime import date

from engross.core.proposals.framework.facts import Fact
from engross.core.proposals.framework.rules import Frameworks
from engross.core.proposals.framework.states import Event, State, counted, step
from engross.core.proposals.planning.plans import Span
from engross.core.proposals.planning.steps import Step


def actual_spans(
    frameworks: Frameworks, events: Iterable[Event], facts: Iterable[Fact], steps: Sequence[Step]
) -> dict[str, Span]:
    """Return for each step that began or ended when it did.

    What happened in an earlier round of a stage does not count: a proposal that was sent back
    takes its steps again. A step of a stage that was left ended with it at the latest.
    """
    known = counted(events)
    spells = stage_spells(frameworks, known)
    on_file = list(facts)
    found = {}
    for each in steps:
        if each.stage not in spells:
            continue
        entered, left = spells[each.stage]
        span = _span(each, known, on_file, entered)
        if span.last is None and left is not None:
            span = Span(span.first, left)
        if span != Span():
            found[each.key] = span
    return found


def stage_spells(
    frameworks: Frameworks, events: Sequence[Event]
) -> dict[str, tuple[date, date | None]]:
    """Return for each stage when it was last entered, and left, if it was."""
    found: dict[str, tuple[date, date | None]] = {}
    state = State()
    for event in events:
        after = step(frameworks.on(event.on), state, event)
        if after.stage != state.stage:
            if state.stage in found:
                found[state.stage] = (found[state.stage][0], event.on)
            found[after.stage] = (event.on, None)
        state = after
    return found


def _span(each: Step, events: Sequence[Event], facts: Sequence[Fact], entered: date) -> Span:
    begun = [event.on for event in events if event.move in each.begun_by and event.on >= entered]
    ended = [event.on for event in events if event.move in each.ended_by and event.on >= entered]
    if each.filed_as:
        ended += [fact.since for fact in facts
                  if fact.requirement == each.filed_as and fact.since >= entered]  # fmt: skip
    first, last = max(begun, default=None), max(ended, default=None)
    # A step that was begun anew after it had ended is underway again.
    return Span(first, None if first and last and first > last else last)
