"""Everything that can be done across codes: take a sheet in, review, give priorities."""

from engross.apps.crosscode.commands.prioritising import (
    PriorityGiven,
    give_priority,
    reasons_against_giving,
    take_over_priority,
)
from engross.apps.crosscode.commands.reviewing import review_change
from engross.apps.crosscode.commands.sheets import TakenSheet, take_sheet

__all__ = [
    "PriorityGiven",
    "TakenSheet",
    "give_priority",
    "reasons_against_giving",
    "review_change",
    "take_over_priority",
    "take_sheet",
]
