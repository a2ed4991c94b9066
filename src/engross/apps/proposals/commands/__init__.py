"""Everything that is done with proposals: raise, move, take back, split, hand over."""

from engross.apps.proposals.commands.analysts import end_absence, hand_over, note_absence
from engross.apps.proposals.commands.moving import Making, make_move, undo_move
from engross.apps.proposals.commands.outside import Instrument, record_outside
from engross.apps.proposals.commands.raising import Raising, raise_proposal, split_proposal
from engross.apps.proposals.commands.statements import (
    Described,
    comment_on_problem,
    describe_problem,
    end_problem,
    raise_from_problem,
)

__all__ = [
    "Described",
    "Instrument",
    "Making",
    "Raising",
    "comment_on_problem",
    "describe_problem",
    "end_absence",
    "end_problem",
    "hand_over",
    "make_move",
    "note_absence",
    "raise_from_problem",
    "raise_proposal",
    "record_outside",
    "split_proposal",
    "undo_move",
]
