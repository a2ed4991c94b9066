"""Make a change set of two aligned texts: the operations that turn the old one into the new one.

They are exact for any alignment, good or bad: applied to the old text they give the new one, and
turned round (`inverting`) the old one. How few they are is what the alignment decides.
"""

from collections.abc import Iterator

from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.change_sets import ChangeSet, Operation
from engross.core.legaltext.changing.documents import document_operations
from engross.core.legaltext.changing.ids import with_ids
from engross.core.legaltext.changing.links import Links
from engross.core.legaltext.changing.naming import naming_operations
from engross.core.legaltext.changing.standing import standing_operations
from engross.core.legaltext.changing.wordings import wording_operations
from engross.core.legaltext.provisions import text_hash

__all__ = ["changes_from", "operations_from", "with_ids"]


def changes_from(
    aligned: Aligned,
    name: str = "",
    *,
    title: str = "",
    base_version: str = "",
    day: str = "",
) -> ChangeSet:
    """Return the change set called `name` that turns the old text into the new one and back.

    A provision of the new text that has no id bears that of what it was; see `with_ids`. `day` is
    an ISO date.
    """
    return ChangeSet(
        name,
        operations_from(aligned),
        title=title,
        base_version=base_version,
        base=text_hash(aligned.old.code),
        result=text_hash(with_ids(aligned)),
        day=day,
    )


def operations_from(aligned: Aligned) -> tuple[Operation, ...]:
    """Return the operations that turn the old text into the new one, in the new reading order.

    What is taken away comes where it stood: behind what it followed in the old text.
    """
    found = sorted(_placed(Links(aligned)), key=lambda one: one[0])
    return tuple(operation for _, operation in found)


def _placed(links: Links) -> Iterator[tuple[float, Operation]]:
    """Yield every operation with the node of the new text that it is about, or comes behind."""
    yield from document_operations(links)
    yield from standing_operations(links)
    yield from naming_operations(links)
    yield from wording_operations(links)
