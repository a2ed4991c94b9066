"""Marks over a text that several sets set: what each adds and takes away, put together."""

from collections.abc import Sequence

from engross.core.legaltext.change_sets import Format, Join, Operation, Replace, Split, TextEdit
from engross.core.legaltext.marks import Inlines, listed, shifted, shifted_offset
from engross.core.legaltext.merging.clashes import Clash
from engross.core.legaltext.merging.naming import rival_clash
from engross.core.legaltext.merging.reading import Doing, Reading, Ref
from engross.core.legaltext.provisions import Inline, Provision


def marks_clash(reading: Reading, node: int) -> Clash | None:
    """Return the clash between marks of several sets; None where they stand together."""
    doings = reading.wordings[node]
    formats = [doing for doing in doings if isinstance(doing.operation, Format)]
    if len(formats) < 2 or not reading.is_base(node):
        return None
    parted = any(isinstance(doing.operation, Split | Join) for doing in doings)
    if parted or combined_marks(reading.places.provision(node), said_of(doings)) is None:
        return rival_clash(reading, "marks", node, formats)
    return None


Said = tuple[tuple[TextEdit, ...], Format | None]


def said_of(doings: Sequence[Doing]) -> list[Said]:
    """Return each set's edits of a text and its marks, if it sets any."""
    edits: dict[int, tuple[TextEdit, ...]] = {}
    formats: dict[int, Format] = {}
    for doing in doings:
        if isinstance(doing.operation, Replace):
            edits[doing.ref.by] = doing.operation.edits
        elif isinstance(doing.operation, Format):
            formats[doing.ref.by] = doing.operation
    return [(edits.get(by, ()), formats.get(by)) for by in sorted({*edits, *formats})]


def combined_marks(part: Provision, said: Sequence[Said]) -> Inlines | None:
    """Return the marks over a text with all edits made; None where sets add unlike ones.

    The edits must stand together. Marks of one kind that lie over one another are unlike unless
    they are the same.
    """
    base = listed(part.inlines)
    together = sorted({edit for edits, _ in said for edit in edits})
    dropped: set[Inline] = set()
    added: list[Inlines] = []
    for edits, wanted in said:
        if wanted is not None:
            carried = {one: shifted((one,), edits) for one in base}
            dropped.update(one for one, own in carried.items() if not set(own) <= set(wanted.new))
            theirs = {mark for own in carried.values() for mark in own}
            new = tuple(mark for mark in wanted.new if mark not in theirs)
            added.append(shifted(new, _of_others(edits, together)))
    if any(_unlike(one, other) for at, one in enumerate(added) for other in added[at + 1 :]):
        return None
    kept = shifted(tuple(mark for mark in base if mark not in dropped), together)
    marks = {*kept, *(mark for own in added for mark in own)}
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind, str(mark.note))))


def _of_others(mine: Sequence[TextEdit], together: Sequence[TextEdit]) -> list[TextEdit]:
    """Return the edits of other sets, in offsets of the text that a set's own edits give."""
    return [
        (shifted_offset(offset, mine, starts=True), old, new)
        for offset, old, new in together
        if (offset, old, new) not in mine
    ]


def _unlike(one: Inlines, other: Inlines) -> bool:
    return any(
        mark != its and mark.kind == its.kind and mark.start < its.end and its.start < mark.end
        for mark in one
        for its in other
    )


def with_joint_marks(
    reading: Reading, sets: Sequence[Sequence[Operation]]
) -> list[list[Operation]]:
    """Return sets in which at most one sets the marks over a text, those of all together.

    Of a text whose marks several sets set, the first of them makes all edits.
    """
    result = [list(operations) for operations in sets]
    several = {
        node
        for node, doings in reading.wordings.items()
        if reading.is_base(node)
        and len({doing.ref.by for doing in doings if isinstance(doing.operation, Format)}) > 1
    }
    for node in sorted(several):
        _join_marks(reading, result, node)
    return result


def _join_marks(reading: Reading, sets: list[list[Operation]], node: int) -> None:
    doings: list[Doing] = []
    for by, operations in enumerate(sets):
        for at, operation in enumerate(operations):
            own = isinstance(operation, Replace | Format | Split | Join)
            if own and reading.node(by, operation.key) == node:
                doings.append(Doing(Ref(by, at), operation))
    said = said_of(doings)
    parted = any(isinstance(doing.operation, Split | Join) for doing in doings)
    if parted or sum(wanted is not None for _, wanted in said) < 2:
        return
    part = reading.places.provision(node)
    marks = combined_marks(part, said)
    if marks is None:
        raise ValueError(f"the marks over {reading.shown(node)} cannot stand together")
    for ref in sorted((doing.ref for doing in doings), reverse=True):
        del sets[ref.by][ref.at]
    edits = tuple(sorted({edit for edits, _ in said for edit in edits}))
    first, key = sets[doings[0].ref.by], reading.places.keys[node]
    if edits:
        first.append(Replace(key, ("", ""), edits))
    first.append(Format(key, listed(part.inlines), marks))
