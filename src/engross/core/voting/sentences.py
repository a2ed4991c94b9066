"""A tally in one sentence, as minutes and reports print it."""

from collections.abc import Mapping

from engross.core.voting.counting import GroupResult, GroupTally, Tally
from engross.core.voting.rules import Choice, Side


def tally_sentence(
    tally: Tally, *, body: str, choices: Mapping[str, Choice], is_recommendation: bool = False
) -> str:
    """Return what a body did and how its groups voted.

    Such as 'The Change Board voted to approve (Large Suppliers 7 to 2 with 1 abstention; ...).'
    """
    groups = "; ".join(group_words(each, choices) for each in tally.groups)
    if not tally.is_quorate:
        there = f"{tally.present} of {tally.filled} seats that are held"
        return f"{_the(body)} had no quorum, with {there} present, and decided nothing ({groups})."
    return f"{_the(body)} {_verdict(tally, is_recommendation)} ({groups})."


def _the(body: str) -> str:
    return body if body.startswith("The ") else f"The {body}"


def _verdict(tally: Tally, is_recommendation: bool) -> str:
    words = "to recommend " if is_recommendation else "to "
    verb = ("approval", "rejection") if is_recommendation else ("approve", "reject")
    said = words + verb[0 if tally.is_approved else 1]
    return f"was level, which is a vote {said}" if tally.is_level else f"voted {said}"


def group_words(group: GroupTally, choices: Mapping[str, Choice]) -> str:
    """Return how a group voted, such as 'Networks 2 to 0 with 1 abstention'."""
    others = [
        choices[key].in_words(number)
        for key, number in group.counts.items()
        if choices[key].side is Side.NONE
    ]
    others += [f"{group.no_ballot} without a ballot"] if group.no_ballot else []
    others += [f"{group.vacant} vacant"] if group.vacant else []
    with_others = f" with {_listed(others)}" if others else ""
    if group.result is GroupResult.DID_NOT_VOTE:
        return f"{group.name} did not vote{with_others}"
    return f"{group.name} {group.votes_for} to {group.votes_against}{with_others}"


def _listed(words: list[str]) -> str:
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else "".join(words)
