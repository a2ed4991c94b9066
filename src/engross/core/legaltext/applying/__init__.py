"""Apply change sets to a text: one, refused where it does not fit, or several at once.

Operations of all sets speak of one base. Every provision of the base keeps its slot among its
siblings even when it is deleted or moved away; what is placed hangs on such a slot, on the head of
a parent or on another thing that the same set places. So the order of sets says nothing, and what
two sets put in one place stands there in the order of its numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engross.core.legaltext.applying.expectations import Failure, failures, misfits
from engross.core.legaltext.applying.saying import SameAs, draft_of
from engross.core.legaltext.applying.writing import written
from engross.core.legaltext.change_sets import ChangeSet, Operation
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.refusals import Refused

__all__ = ["Applied", "Failure", "SameAs", "apply", "apply_operations", "failures", "misfits"]


@dataclass(frozen=True)
class Applied:
    """A text with a change set in it, and the number of operations that were applied."""

    code: Code
    operations: int


def apply(base: Code | Places, change_set: ChangeSet) -> Applied:
    """Return a base with a change set in it.

    Raises Refused, with the first expectations that fail and what stands there now, and changes
    nothing, unless all operations find what they expect.
    """
    places = base if isinstance(base, Places) else Places(base)
    if reasons := misfits(places, change_set):
        raise Refused(reasons)
    code = apply_operations(places, [change_set.operations])
    return Applied(code, len(change_set.operations))


def apply_operations(
    places: Places, sets: Sequence[Sequence[Operation]], *, same_as: SameAs | None = None
) -> Code:
    """Return a base with the operations of several sets in it, in whatever order they are given.

    The sets must not be in conflict. `same_as` names what two of them add alike: (set, key) to
    (earlier set, key). Raises LookupError or ValueError where they do not fit the base.
    """
    return written(draft_of(places, sets, same_as or {}))
