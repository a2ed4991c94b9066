"""Texts that are parted into several provisions, or put together from them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engross.core.legaltext.change_sets import (
    Format,
    Key,
    Operation,
    Piece,
    Replace,
    Slot,
    Split,
    TextEdit,
)
from engross.core.legaltext.changing.links import Links
from engross.core.legaltext.changing.texts import cut_points, text_edits
from engross.core.legaltext.inverting import inverted, inverted_edits, turned
from engross.core.legaltext.marks import Inlines, cut, listed, moved_on, shifted
from engross.core.legaltext.provisions import Provision, short_hash


class Part(NamedTuple):
    """One part of a split text: its key, where it stands, and what it says on its own."""

    key: Key
    at: Slot
    provision: Provision


class _Run(NamedTuple):
    """What a part was in the whole text, and what has become of it."""

    part: Part
    glue: str
    text: str
    marks: Inlines
    edits: tuple[TextEdit, ...]


def split_operations(links: Links, old: int) -> Iterator[Operation]:
    """Yield how the text of an old node is parted, and how the parts were edited then."""
    nodes = links.splits[old]
    parts = [
        Part(links.new_key(node), links.new_slot(node), links.new.provision(node)) for node in nodes
    ]
    yield from _parted(links.old.provision(old), parts)


def join_operations(links: Links, new: int) -> Iterator[Operation]:
    """Yield how old texts were edited, and how they are then put together in a new node.

    It is the way back of parting the new text into the old ones.
    """
    parts = []
    for node in links.joins[new]:
        slot = links.slot(node)
        before = None if slot.after is None else turned(slot.after)
        back = Slot(turned(slot.under), before)
        parts.append(Part(turned(links.key(node)), back, links.old.provision(node)))
    for operation in _parted(links.new.provision(new), parts):
        yield inverted(operation)


def _parted(whole: Provision, parts: Sequence[Part]) -> Iterator[Operation]:
    cuts = cut_points(whole.text, [part.provision.text for part in parts])
    runs = list(_runs(whole, parts, cuts))
    key = parts[0].key
    pieces = tuple(
        Piece(run.part.key, run.part.at, run.glue, own.number, own.heading, own.id)
        for run in runs[1:]
        for own in (run.part.provision,)
    )
    yield Split(key, tuple(start for start, _ in cuts), pieces, short_hash(whole.text))
    for run in runs:
        if run.edits:
            after = run.part.provision.text
            hashes = short_hash(run.text), short_hash(after)
            yield Replace(run.part.key, hashes, run.edits)
    yield from _formatted(listed(whole.inlines), runs)


def _runs(
    whole: Provision, parts: Sequence[Part], cuts: Sequence[tuple[int, str]]
) -> Iterator[_Run]:
    ends = [*(start for start, _ in cuts), len(whole.text)]
    glues = ["", *(glue for _, glue in cuts)]
    begin = 0
    for part, glue, end in zip(parts, glues, ends, strict=True):
        begin += len(glue)
        text = whole.text[begin:end]
        edits = tuple(text_edits(text, part.provision.text))
        yield _Run(part, glue, text, cut(listed(whole.inlines), begin, end), edits)
        begin = end


def _formatted(marks: Inlines, runs: Sequence[_Run]) -> Iterator[Format]:
    """Yield the marks that cutting and putting together again do not give by themselves.

    Those of the first part stand against the whole text's, which is what they are on the way back.
    """
    back: Inlines = ()
    length = 0
    first = runs[0]
    for at, run in enumerate(runs):
        length += len(run.glue)
        again = shifted(listed(run.part.provision.inlines), inverted_edits(run.edits))
        if at and _misses(run, again):
            again = run.marks
            yield Format(run.part.key, run.marks, listed(run.part.provision.inlines))
        back += moved_on(again, length)
        length += len(run.text)
    wanted = listed(first.part.provision.inlines)
    if back != marks or shifted(first.marks, first.edits) != wanted:
        yield Format(first.part.key, marks, wanted)


def _misses(run: _Run, again: Inlines) -> bool:
    wanted = listed(run.part.provision.inlines)
    return shifted(run.marks, run.edits) != wanted or again != run.marks
