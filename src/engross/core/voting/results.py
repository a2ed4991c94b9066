"""A counted vote as plain data that can be frozen, hashed and checked by anybody.

It names seats and organisations, never persons: what was counted stays provable after a person's
name has gone.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from engross.core.codes.codes import Code
from engross.core.voting.ballots import Ballot, Window
from engross.core.voting.counting import Tally
from engross.core.voting.electorates import Electorate
from engross.core.voting.rules import Choice, CountingRule
from engross.core.voting.sentences import tally_sentence


@dataclass(frozen=True)
class Question:
    """What is voted on, and by whom."""

    number: int
    body: str
    body_name: str
    asked: str
    is_recommendation: bool


def result_of(
    question: Question,
    tally: Tally,
    electorate: Electorate,
    *,
    rule: CountingRule,
    window: Window,
    choices: Mapping[str, Choice],
    changes: Iterable[str],
    outcome: str,
) -> dict[str, Any]:
    """Return the result of a vote with its electorate, as values that JSON holds."""
    names = {each.key: each.name for each in electorate.groups}
    return {
        "vote": question.number,
        "body": question.body,
        "question": question.asked,
        "rule": {**asdict(rule), "combine": rule.combine.value},
        "opened_at": window.opens_at.isoformat(),
        "closed_at": window.end.isoformat(),
        "electorate_on": electorate.on.isoformat(),
        "electorate": [
            {"seat": each.key.group, "group": names[each.key.group], "place": each.key.place,
             "organisation": each.organisation, "is_vacant": each.is_vacant}
            for each in electorate.seats
        ],
        "changes_since_opening": list(changes),
        "ballots": [_ballot(each) for each in tally.counted],
        "not_counted": [{**_ballot(each.ballot), "why": each.why} for each in tally.not_counted],
        "groups": [
            {"seat": each.key, "group": each.name, "counts": dict(each.counts),
             "for": each.votes_for, "against": each.votes_against, "no_ballot": each.no_ballot,
             "vacant": each.vacant, "seats": each.seats, "result": each.result.value}
            for each in tally.groups
        ],
        "present": tally.present,
        "is_quorate": tally.is_quorate,
        "is_level": tally.is_level,
        "is_approved": tally.is_approved,
        "outcome": outcome,
        "sentence": tally_sentence(tally, body=question.body_name, choices=choices,
                                   is_recommendation=question.is_recommendation),
    }  # fmt: skip


def _ballot(ballot: Ballot) -> dict[str, Any]:
    return {"seat": ballot.seat.group, "place": ballot.seat.place, "choice": ballot.choice,
            "cast_at": ballot.cast_at.isoformat(), "ballot": ballot.entry}  # fmt: skip


def hash_of_result(result: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a result, written as JSON with sorted keys and no spaces."""
    written = json.dumps(result, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(written.encode()).hexdigest()


def outcome_of(code: Code, tally: Tally, *, body: str, is_recommendation: bool, on: date) -> str:
    """Return the key of the decision that a tally comes to; empty without a quorum.

    Raises LookupError if the code gives the body no such decision.
    """
    if not tally.is_quorate:
        return ""
    for option in code.options("decision_outcomes", on):
        if (
            body in option.texts("bodies")
            and option.flag("is_approval") is tally.is_approved
            and option.flag("is_recommendation") is is_recommendation
            and option.flag("is_final") is not is_recommendation
        ):
            return option.key
    raise LookupError(f"The code gives {body} no decision to take by a vote")
