"""Everything that is done with proposals: raise, move, take back, split, hand over."""

from engross.apps.proposals.commands.analysts import hand_over, note_absence
from engross.apps.proposals.commands.moving import Making, make_move, undo_move
from engross.apps.proposals.commands.raising import Raising, raise_proposal, split_proposal

__all__ = [
    "Making",
    "Raising",
    "hand_over",
    "make_move",
    "note_absence",
    "raise_proposal",
    "split_proposal",
    "undo_move",
]
