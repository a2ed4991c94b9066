"""Votes of bodies: who may vote on a day, what speaks against a ballot, and how ballots count."""

from engross.core.voting.ballots import Ballot, BallotAsked, Window, reasons_against_ballot
from engross.core.voting.counting import GroupTally, NotCounted, Tally, count
from engross.core.voting.electorates import (
    Electorate,
    Seat,
    SeatKey,
    Sitting,
    changes_between,
    electorate_of,
)
from engross.core.voting.results import Question, hash_of_result, outcome_of, result_of
from engross.core.voting.rules import (
    Choice,
    CountingRule,
    SeatGroup,
    bodies_with_votes,
    choices_of,
    groups_of,
    rule_named,
    rules_of,
)
from engross.core.voting.sentences import group_words, tally_sentence

__all__ = [
    "Ballot",
    "BallotAsked",
    "Choice",
    "CountingRule",
    "Electorate",
    "GroupTally",
    "NotCounted",
    "Question",
    "Seat",
    "SeatGroup",
    "SeatKey",
    "Sitting",
    "Tally",
    "Window",
    "bodies_with_votes",
    "changes_between",
    "choices_of",
    "count",
    "electorate_of",
    "group_words",
    "groups_of",
    "hash_of_result",
    "outcome_of",
    "reasons_against_ballot",
    "result_of",
    "rule_named",
    "rules_of",
    "tally_sentence",
]
