"""What people decided about conflicts, and what that leaves out and puts in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import UNSET
from msgspec.structs import replace

from engross.core.legaltext.change_sets import (
    Format,
    Insert,
    Join,
    Key,
    Operation,
    Renumber,
    Replace,
    SetHeading,
    SetTable,
    Split,
    base_side,
)
from engross.core.legaltext.marks import listed
from engross.core.legaltext.merging.clashes import Clash, Option
from engross.core.legaltext.merging.describing import signature
from engross.core.legaltext.merging.reading import Atom, Doing, Reading
from engross.core.legaltext.merging.results import Given, Resolution
from engross.core.legaltext.provisions import Provision, short_hash
from engross.core.refusals import Reason, Refused

WORDING = ("text", "heading", "table", "marks", "cut")
AGAIN = "Merge without this resolution, look at the conflicts that are there, and decide anew"


@dataclass
class Settled:
    """What all decisions together leave out and put in.

    `said` are operations of a person; `numbers` gives what a set adds another number, and
    `instead` puts provisions where a set's own are left out.
    """

    left_out: set[Atom] = field(default_factory=set)
    said: list[Operation] = field(default_factory=list)
    numbers: dict[tuple[int, str], str] = field(default_factory=dict)
    instead: list[tuple[Doing, tuple[Provision, ...]]] = field(default_factory=list)


def refuse_unknown(resolutions: Sequence[Resolution], clashes: Iterable[Clash]) -> None:
    """Refuse resolutions of conflicts that are not there, or whose sides are others now.

    Also refused: two for one conflict, and one without a name or a reason.
    """
    known = {clash.id for clash in clashes}
    places = {clash.place for clash in clashes}
    reasons: list[Reason] = []
    seen: set[str] = set()
    for resolution in resolutions:
        name = f"The resolution of {resolution.conflict}"
        if not (resolution.by.strip() and resolution.reason.strip()):
            reasons.append(Reason(f"{name} does not say who decided, and why", "Say both"))
        if resolution.conflict in seen:
            reasons.append(Reason(f"{name} is there twice", "Keep one of them"))
        seen.add(resolution.conflict)
        if resolution.conflict not in known:
            changed = resolution.conflict.rpartition("-")[0] in places
            what = "the sides of that conflict have changed" if changed else "it is not there now"
            reasons.append(Reason(f"{name} cannot be used: {what}", AGAIN))
    if reasons:
        raise Refused(reasons)


def settled(
    reading: Reading, clashes: Iterable[Clash], resolutions: Sequence[Resolution]
) -> Settled:
    """Return what decisions about clashes leave out and put in. Raises Refused for a bad one."""
    found = Settled()
    decided = {resolution.conflict: resolution for resolution in resolutions}
    for clash in clashes:
        resolution = decided.get(clash.id)
        if resolution is None:
            continue
        taken = _taken(reading, clash, resolution)
        kept = taken.atoms if taken else frozenset()
        for option in clash.options:
            found.left_out |= option.atoms - kept
        if resolution.take == "given":
            _give(reading, clash, resolution, found)
    return found


def pending(reading: Reading, clash: Clash) -> set[Atom]:
    """Return what is left out while nobody has decided: all wording of a text that is torn."""
    atoms = {atom for option in clash.options for atom in option.atoms} - clash.spared
    if clash.kind in WORDING and reading.is_base(clash.node):
        atoms |= wording_of(reading, clash.node)
    return atoms


def wording_of(reading: Reading, node: int, *, text_only: bool = False) -> set[Atom]:
    """Return all that sets do to a provision's wording, or to its text, also to pieces of it."""
    found = set()
    for doing in reading.wordings.get(node, ()):
        if not text_only or isinstance(doing.operation, Replace | Format | Split | Join):
            found.add(Atom(doing.ref))
        if isinstance(doing.operation, Split):
            for piece in doing.operation.pieces:
                own = reading.wordings.get(reading.node(doing.ref.by, piece.key), ())
                found.update(Atom(other.ref) for other in own)
    return found


def _taken(reading: Reading, clash: Clash, resolution: Resolution) -> Option | None:
    """Return the side that a resolution takes; None where it takes none."""
    if resolution.take != "side":
        return None
    sides = [
        option
        for at, option in enumerate(clash.options, start=1)
        if resolution.side == str(at) or resolution.side in reading.names(option.by)
    ]
    if len(sides) != 1:
        names = "; ".join(
            f"{at}: {', '.join(reading.names(option.by)) or 'the base'}"
            for at, option in enumerate(clash.options, start=1)
        )
        what = f"The resolution of {clash.id} takes the side of {resolution.side!r}, which is "
        what += "on none of its sides" if not sides else "on more than one of its sides"
        raise Refused(Reason(what, f"Name a change set, or the number, of one side: {names}"))
    return sides[0]


def _give(reading: Reading, clash: Clash, resolution: Resolution, found: Settled) -> None:
    given = resolution.given
    if given is UNSET or not _fits(clash, given):
        raise Refused(
            Reason(
                f"The resolution of {clash.id} gives nothing that settles it",
                "Give a text, heading, table, number or provisions, as its kind asks for",
            )
        )
    if reading.is_base(clash.node) and reading.places.provisions[clash.node] is not None:
        _give_wording(reading, clash.node, given, found)
    _give_numbers(reading, clash, given, found)
    if given.provisions:
        first = next(option for option in clash.options if option.by)
        doing = reading.added[first.node if first.node is not None else clash.node]
        found.instead.append((doing, given.provisions))


def _fits(clash: Clash, given: Given) -> bool:
    """Return whether what is given is what a conflict is about."""
    fits = {
        "heading": given.heading is not UNSET,
        "table": given.table is not UNSET,
        "number": given.number is not UNSET,
        "inserted-number": bool(given.provisions or given.numbers),
        "same-number": bool(given.numbers),
        "destinations": False,
        "cycle": False,
        "document": False,
    }
    return fits.get(clash.kind, given.text is not UNSET)


def _give_wording(reading: Reading, node: int, given: Given, found: Settled) -> None:
    key, part = reading.places.keys[node], reading.places.provision(node)
    if given.text is not UNSET:
        found.left_out |= wording_of(reading, node, text_only=True)
        hashes = short_hash(part.text), short_hash(given.text)
        found.said.append(Replace(key, hashes, ((0, part.text, given.text),)))
        found.said.append(Format(key, listed(part.inlines), given.inlines))
    doings = reading.wordings.get(node, ())
    if given.heading is not UNSET:
        found.left_out |= {Atom(d.ref) for d in doings if isinstance(d.operation, SetHeading)}
        found.said.append(SetHeading(key, part.heading, given.heading))
    if given.table is not UNSET:
        atoms = wording_of(reading, node) - wording_of(reading, node, text_only=True)
        found.left_out |= {
            Atom(d.ref) for d in doings if not isinstance(d.operation, SetHeading)
        } & atoms
        found.said.append(SetTable(key, part.table or None, given.table))
    if given.number is not UNSET:
        found.said.append(Renumber(key, part.number, given.number))


def _give_numbers(reading: Reading, clash: Clash, given: Given, found: Settled) -> None:
    """Let every set's provision stand, each with the number that it is given."""
    for name, number in given.numbers.items():
        option = next((one for one in clash.options if name in reading.names(one.by)), None)
        if option is None or option.node is None:
            what = (
                f"The resolution of {clash.id} gives a number to {name!r}, which has no side in it"
            )
            raise Refused(Reason(what, "Name a change set of one of its sides"))
        found.left_out -= option.atoms
        if reading.is_base(option.node):
            key = reading.places.keys[option.node]
            old = reading.places.number(option.node)
            found.left_out |= {Atom(doing.ref) for doing in reading.numbers.get(option.node, ())}
            found.said.append(Renumber(key, old, number))
        else:
            for by in option.by:
                own = reading.voice(by).nodes
                same = [key for key, node in own.items() if _alike(reading, node, option.node)]
                found.numbers.update({(by, key): number for key in same})


def _alike(reading: Reading, node: int, other: int) -> bool:
    return signature(reading, node) == signature(reading, other)


def with_given(
    reading: Reading, sets: Sequence[Sequence[Operation]], found: Settled
) -> list[list[Operation]]:
    """Return what is left of the sets with the numbers and provisions that people give."""
    result = [
        [_renumbered(by, operation, found) for operation in operations]
        for by, operations in enumerate(sets)
    ]
    for count, (doing, provisions) in enumerate(found.instead, start=1):
        if isinstance(doing.operation, Insert):
            at = replace(doing.operation.at, after=_stands(reading, doing, found.left_out))
            for place, provision in enumerate(provisions, start=1):
                key = f"+given{count}.{place}"
                result[doing.ref.by].append(Insert(key, at, provision))
                at = replace(at, after=key)
    return result


def _stands(reading: Reading, doing: Doing, left_out: set[Atom]) -> Key | None:
    """Return what something is put after, less what is left out itself."""
    by, key = doing.ref.by, doing.operation.key
    after = reading.after[by, reading.node(by, key)]
    while after is not None:
        placing = reading.added.get(reading.node(by, after))
        if placing is None or Atom(placing.ref) not in left_out:
            return after
        after = reading.after[by, reading.node(by, after)]
    return None


def _renumbered(by: int, operation: Operation, found: Settled) -> Operation:
    if not isinstance(operation, Insert):
        return operation
    number = found.numbers.get((by, base_side(operation.key)))
    if number is None:
        return operation
    return replace(operation, provision=numbered(operation.provision, number))


def numbered(provision: Provision, number: str) -> Provision:
    """Return a provision with another number, and all under it after it."""
    children = tuple(
        numbered(child, number + child.number[len(provision.number) :])
        if child.number.startswith(provision.number)
        else child
        for child in provision.children
    )
    return replace(provision, number=number, children=children)
