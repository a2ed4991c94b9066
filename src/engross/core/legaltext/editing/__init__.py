"""Make a change set of what an editor says, by address, about a text.

Every instruction speaks of the base, as the operations of a change set do; several on one text or
table are made one after the other.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.editing.drafting import Drafting
from engross.core.legaltext.editing.instructions import Instruction, Instructions
from engross.core.legaltext.following import follow
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code

__all__ = ["Instruction", "Instructions", "edit", "edit_by"]


def edit(
    base: Code | Places, instructions: Iterable[Instruction], name: str = "", *, title: str = ""
) -> ChangeSet:
    """Return the change set called `name` that does to a base what an editor says.

    Raises Refused where an address names nothing, or two instructions contradict each other.
    """
    places = base if isinstance(base, Places) else Places(base)
    drafting = Drafting(places)
    for instruction in instructions:
        drafting.say(instruction)
    drafted = ChangeSet(name, tuple(drafting.operations()))
    return changes_from(follow(places, drafted), name, title=title)


def edit_by(base: Code | Places, file: Instructions) -> ChangeSet:
    """Return the change set that a file of instructions makes of a base."""
    return replace(edit(base, file.change, file.change_set, title=file.title), day=file.day)
