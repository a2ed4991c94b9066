"""Two headings, two numbers, two places, two names: what only one set can give a thing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from engross.core.legaltext.change_sets import InsertDocument, SetDocument, SetHeading
from engross.core.legaltext.merging.clashes import Clash, Option, in_order
from engross.core.legaltext.merging.describing import content_of
from engross.core.legaltext.merging.reading import Atom, Doing, Reading
from engross.core.legaltext.merging.results import ConflictKind


def rival_clash(
    reading: Reading,
    kind: ConflictKind,
    node: int,
    doings: Iterable[Doing],
    also: Iterable[Doing] = (),
) -> Clash | None:
    """Return the clash of operations of which only one can hold; None where all are alike.

    `also` are operations that are left out together with those of their sets.
    """
    sides: defaultdict[str, list[Doing]] = defaultdict(list)
    for doing in doings:
        sides[repr(content_of(reading, doing))].append(doing)
    if len(sides) < 2:
        return None
    extra = list(also)
    options = []
    for members in sides.values():
        sets = {doing.ref.by for doing in members}
        with_it = [doing for doing in extra if doing.ref.by in sets]
        atoms = frozenset(Atom(doing.ref) for doing in (*members, *with_it))
        content = content_of(reading, members[0])
        options.append(Option(tuple(sorted(sets)), atoms, (content,)))
    return Clash(kind, node, reading.key(node), in_order(options))


def naming_clashes(reading: Reading) -> Iterator[Clash]:
    """Yield what two sets call or put differently: headings, numbers, places, documents."""
    yield from _found(_headings(reading))
    for node, doings in reading.moves.items():
        movers = [doing for doing in reading.numbers.get(node, ()) if _moves(reading, node, doing)]
        kind: ConflictKind = "destinations" if reading.places.parents[node] >= 0 else "document"
        yield from _found([rival_clash(reading, kind, node, doings, movers)])
    for node, doings in reading.numbers.items():
        yield from _found([rival_clash(reading, "number", node, numbering(reading, node, doings))])
    for node, doings in reading.fields.items():
        yield from _found(_fields(reading, node, doings))
    yield from _found(_documents(reading))


def _found(clashes: Iterable[Clash | None]) -> Iterator[Clash]:
    return (clash for clash in clashes if clash is not None)


def _headings(reading: Reading) -> Iterator[Clash | None]:
    for node, doings in reading.wordings.items():
        headings = [doing for doing in doings if isinstance(doing.operation, SetHeading)]
        if len(headings) > 1:
            yield rival_clash(reading, "heading", node, headings)


def _moves(reading: Reading, node: int, doing: Doing) -> bool:
    return any(moving.ref.by == doing.ref.by for moving in reading.moves.get(node, ()))


def numbering(reading: Reading, node: int, doings: Iterable[Doing]) -> list[Doing]:
    """Return the numbers that count: where a thing is moved, only those that its movers give.

    What counts on through a thing's old siblings has nothing to say where it stands now. A mover
    that gives none keeps the label.
    """
    if node not in reading.moves:
        return list(doings)
    if len({repr(content_of(reading, doing)) for doing in reading.moves[node]}) > 1:
        return []  # decided together with the place
    return [doing for doing in doings if _moves(reading, node, doing)]


def overruled_numbers(reading: Reading) -> Iterator[Doing]:
    """Yield the numbers given to what another set moves."""
    for node, doings in reading.numbers.items():
        if node in reading.moves:
            yield from (doing for doing in doings if not _moves(reading, node, doing))


def _fields(reading: Reading, node: int, doings: Iterable[Doing]) -> Iterator[Clash | None]:
    fields: defaultdict[str, list[Doing]] = defaultdict(list)
    for doing in doings:
        if isinstance(doing.operation, SetDocument):
            fields[doing.operation.field].append(doing)
    for field in sorted(fields):
        yield rival_clash(reading, "document", node, fields[field])


def _documents(reading: Reading) -> Iterator[Clash | None]:
    """Yield documents that two sets add or rename to one name."""
    named: defaultdict[str, list[Doing]] = defaultdict(list)
    for doing in reading.added.values():
        if isinstance(doing.operation, InsertDocument):
            named[doing.operation.document.document].append(doing)
    for doings in reading.fields.values():
        for doing in doings:
            if isinstance(doing.operation, SetDocument) and doing.operation.field == "document":
                named[doing.operation.new].append(doing)
    for name in sorted(named):
        doings = named[name]
        node = min(reading.node(doing.ref.by, doing.operation.key) for doing in doings)
        if len({doing.ref.by for doing in doings}) > 1:
            clash = rival_clash(reading, "document", node, doings)
            yield replace(clash, key=name) if clash else None
