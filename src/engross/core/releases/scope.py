"""The scope of a release: which proposals are in it, as a body decided, and changed later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engross.core.refusals import Reason


@dataclass(frozen=True)
class ScopeDecision:
    """A body decided on a day that a proposal is in the scope of a release, or is not."""

    proposal: str
    is_in: bool
    decided_on: date
    body: str


def scope_on(
    decisions: Iterable[ScopeDecision], on: date | None = None
) -> Mapping[str, ScopeDecision]:
    """Return the last decision on each proposal by the end of a day; of all days if None."""
    found: dict[str, ScopeDecision] = {}
    for each in sorted(decisions, key=lambda each: (each.decided_on, each.proposal)):
        if on is None or each.decided_on <= on:
            found[each.proposal] = each
    return found


def reasons_against_scope(decisions: Iterable[ScopeDecision]) -> list[Reason]:
    """Return what is wrong with the decisions on one release, taken together.

    Each has to change what stood before it: a proposal that is in goes out by a later decision,
    and one that is not in cannot go out.
    """
    reasons = []
    before: dict[str, ScopeDecision] = {}
    for each in sorted(decisions, key=lambda each: (each.proposal, each.decided_on)):
        last = before.get(each.proposal)
        if each.is_in == (last is not None and last.is_in):
            stands = "in scope already" if each.is_in else "not in scope"
            what = f"{each.proposal} is {stands} on {each.decided_on:%-d %B %Y}"
            reasons.append(Reason(what, "Record only decisions that change the scope"))
        elif last is not None and last.decided_on == each.decided_on:
            what = f"The scope says two things of {each.proposal} on {each.decided_on:%-d %B %Y}"
            reasons.append(Reason(what, "A change to the scope needs a later decision"))
        before[each.proposal] = each
    return reasons
