"""A change set that was drafted on a text without ids, said of the same text with its ids."""

from dataclasses import replace as dataclass_replace

from msgspec.structs import replace

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.applying import failures
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.changing.ids import bearing
from engross.core.legaltext.following import follow
from engross.core.legaltext.places import Places


def on_identified(base: Places, change_set: ChangeSet) -> tuple[ChangeSet, Aligned]:
    """Return a set as said of a text with permanent ids, with the base and what it makes of it.

    A set names provisions by id or, drafted on a text without any, by document and address. What
    it adds keeps the id that it brings along, if any. Raises Refused where it fits neither.
    """
    if not failures(base, change_set):
        aligned = follow(base, change_set)
    else:
        aligned = _identified(base, follow(_nameless(base), change_set))
    said = changes_from(aligned, change_set.change_set)
    return replace(
        change_set, operations=said.operations, base=said.base, result=said.result
    ), aligned


def _nameless(base: Places) -> Places:
    return Places(bearing(base, [None] * len(base)))


def _identified(base: Places, aligned: Aligned) -> Aligned:
    ids = [
        None
        if provision is None
        else provision.id or (None if before == NONE else base.provision(before).id)
        for provision, before in zip(aligned.new.provisions, aligned.old_of, strict=True)
    ]
    return dataclass_replace(aligned, old=base, new=Places(bearing(aligned.new, ids)))
