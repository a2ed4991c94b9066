"""What is kept about persons: told to them, erased for them, and forgotten in time."""

from engross.apps.operations.commands.personal.erasing import (
    Erasure,
    erase_person,
    erased_people,
    repeat_erasures,
)
from engross.apps.operations.commands.personal.forgetting import forget_overdue
from engross.apps.operations.commands.personal.kinds import KINDS, Kind
from engross.apps.operations.commands.personal.telling import data_about

__all__ = [
    "KINDS",
    "Erasure",
    "Kind",
    "data_about",
    "erase_person",
    "erased_people",
    "forget_overdue",
    "repeat_erasures",
]
