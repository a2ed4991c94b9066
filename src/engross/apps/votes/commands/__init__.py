"""Everything that is done to seats and votes."""

from engross.apps.votes.commands.casting import (
    BallotGiven,
    cast_ballot,
    cast_for,
    declare_conflict,
)
from engross.apps.votes.commands.opening import (
    VoteAsked,
    close_vote,
    count_vote,
    open_vote,
    reasons_against_vote,
    recommends,
    withdraw_vote,
)
from engross.apps.votes.commands.reads import log_votes_read
from engross.apps.votes.commands.seats import seat_person, unseat_person
from engross.apps.votes.commands.telling import remind_voters

__all__ = [
    "BallotGiven",
    "VoteAsked",
    "cast_ballot",
    "cast_for",
    "close_vote",
    "count_vote",
    "declare_conflict",
    "log_votes_read",
    "open_vote",
    "reasons_against_vote",
    "recommends",
    "remind_voters",
    "seat_person",
    "unseat_person",
    "withdraw_vote",
]
