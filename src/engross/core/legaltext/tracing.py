"""Tell what was done to a change set while it was elsewhere, such as with lawyers, in Word.

The set was sent out as a text with its changes; a text came back. What came back is a change set
on the same base: its operations are the old ones kept or altered, and new ones; some are gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import structs

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.aligning import align_places
from engross.core.legaltext.change_sets import ChangeSet, Operation
from engross.core.legaltext.changing import changes_from, with_ids
from engross.core.legaltext.changing.links import Links
from engross.core.legaltext.composing import composed
from engross.core.legaltext.following import follow
from engross.core.legaltext.meanings import Meanings
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code


@dataclass(frozen=True)
class Revision:
    """A change set as it came back, and how it differs from the one that was sent out.

    `altered` are pairs of an operation as it was and as it is; `untracked` is what the text that
    came back says of the base itself: what somebody changed without a record of it.
    """

    change_set: ChangeSet
    kept: tuple[Operation, ...] = ()
    altered: tuple[tuple[Operation, Operation], ...] = ()
    added: tuple[Operation, ...] = ()
    taken_out: tuple[Operation, ...] = ()
    untracked: tuple[Operation, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether the set came back as it was."""
        return not (self.altered or self.added or self.taken_out)


def trace(
    base: Code | Places, change_set: ChangeSet, after: Code, before: Code | None = None
) -> Revision:
    """Return what a change set has become in a text that came back.

    `after` is that text with all its changes accepted, `before` with all rejected, if it is known;
    their ids may be null. Documents keep their language, and a title that did not come back.
    Raises Refused where the set does not fit the base.
    """
    sent = follow(base, change_set)
    came_back = align_places(sent.new, Places(_dressed(sent.new.code, after)))
    came_back = _with_ids(came_back)
    total = _restored(composed(sent, came_back), came_back)
    was = changes_from(sent, change_set.change_set)
    now = changes_from(total, change_set.change_set)
    kept: list[Operation] = []
    altered: list[tuple[Operation, Operation]] = []
    added: list[Operation] = []
    old = Meanings(Links(sent), came_back.new_of)
    new = Meanings(Links(total), came_back.old_of, old)
    originals = {old.subject(operation): operation for operation in was.operations}
    for operation in now.operations:
        original = originals.pop(new.subject(operation), None)
        if original is None:
            added.append(operation)
        elif old.meaning(original) == new.meaning(operation):
            kept.append(operation)
        else:
            altered.append((original, operation))
    return Revision(
        structs.replace(change_set, operations=now.operations, base=now.base, result=now.result),
        tuple(kept),
        tuple(altered),
        tuple(added),
        tuple(originals.values()),
        tuple(_untracked(sent.old, before)),
    )


def _untracked(base: Places, before: Code | None) -> Iterator[Operation]:
    if before is not None:
        aligned = align_places(base, Places(_dressed(base.code, before)))
        yield from changes_from(_with_ids(aligned)).operations


def _dressed(sent: Code, came_back: Code) -> Code:
    """Give documents that came back what their format does not carry."""
    known = {document.document: document for document in sent.documents}
    documents = (
        structs.replace(document, language=own.language, title=document.title or own.title)
        if (own := known.get(document.document))
        else document
        for document in came_back.documents
    )
    return Code(tuple(documents))


def _with_ids(aligned: Aligned) -> Aligned:
    """Return an alignment whose new text bears the ids of the old one."""
    code = with_ids(aligned)
    if code is aligned.new.code:
        return aligned
    return Aligned(
        aligned.old, Places(code), aligned.new_of, aligned.old_of, aligned.splits, aligned.joins
    )


def _restored(total: Aligned, came_back: Aligned) -> Aligned:
    """Pair what the set took away with what came back and was not sent, where it is the same."""
    gone = [node for node, pair in enumerate(total.new_of) if pair == NONE]
    strangers = {node for node, sent in enumerate(came_back.old_of) if sent == NONE}
    if not gone or not strangers:
        return total
    direct = align_places(total.old, total.new)
    for node in gone:
        pair = direct.new_of[node]
        if pair in strangers and total.old_of[pair] == NONE:
            total.new_of[node], total.old_of[pair] = pair, node
    return total
