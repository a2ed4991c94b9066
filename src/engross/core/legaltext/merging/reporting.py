"""Conflicts and outcomes as records that can be written down."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from msgspec import UNSET, UnsetType

from engross.core.legaltext.applying import SameAs
from engross.core.legaltext.change_sets import (
    Insert,
    Renumber,
    Replace,
    SetHeading,
    Split,
    TextEdit,
)
from engross.core.legaltext.marks import edited_text
from engross.core.legaltext.merging.clashes import Clash, Option
from engross.core.legaltext.merging.describing import act_of, content_of
from engross.core.legaltext.merging.reading import Atom, Doing, Reading
from engross.core.legaltext.merging.results import Conflict, Outcome, OutcomeKind, Side
from engross.core.legaltext.provisions import Provision


def conflict_of(reading: Reading, clash: Clash, alike: Set[Atom]) -> Conflict:
    """Return a clash as it is written down; `alike` is what another set says in other words."""
    sides = tuple(_side(reading, clash, option, alike) for option in clash.options)
    where = reading.shown(clash.node)
    return Conflict(clash.id, clash.kind, clash.key, where, sides, _base(reading, clash))


def _base(reading: Reading, clash: Clash) -> str | None:
    """Return what the base says about what is in conflict."""
    places, node = reading.places, clash.node
    if not reading.is_base(node) or clash.kind == "inserted-number":
        return None
    part = places.provisions[node]
    if part is None:
        return places.documents[node].document
    match clash.kind:
        case "heading":
            return part.heading
        case "number" | "same-number":
            return part.number
        case "destinations" | "cycle":
            return places.shown(places.parents[node])
        case _:
            return part.text


def _side(reading: Reading, clash: Clash, option: Option, alike: Set[Atom]) -> Side:
    doings = doings_of(reading, option)
    text: str | UnsetType | None = UNSET
    provision: Provision | UnsetType = UNSET
    if clash.kind == "text":
        text = _text(reading, clash, option, alike)
    elif clash.kind in ("inserted-number", "same-number") and option.node is not None:
        text = str(option.content[0])
    for doing in doings:
        match doing.operation:
            case SetHeading() | Renumber() if clash.kind in ("heading", "number"):
                text = doing.operation.new
            case Insert() if clash.kind in ("inserted-number", "same-number"):
                provision = doing.operation.provision
    acts = tuple(act_of(reading, doing) for doing in doings)
    return Side(reading.names(option.by), acts, text, provision)


def doings_of(reading: Reading, option: Option) -> list[Doing]:
    """Return the operations that a side is made of, in the order of sets."""
    refs = sorted({atom.ref for atom in option.atoms})
    return [Doing(ref, reading.sets[ref.by].operations[ref.at]) for ref in refs]


def _text(reading: Reading, clash: Clash, option: Option, alike: Set[Atom]) -> str | UnsetType:
    """Return the text that taking a side gives, with what stands apart from the conflict."""
    others = (other.atoms for other in clash.options if other is not option)
    out = set(alike).union(*others) - option.atoms
    edits: set[TextEdit] = set()
    for doing in reading.wordings[clash.node]:
        if isinstance(doing.operation, Split):
            return UNSET
        if isinstance(doing.operation, Replace):
            own = doing.operation.edits
            edits.update(edit for edit in own if Atom(doing.ref, edit) not in out)
    try:
        return edited_text(reading.places.provision(clash.node).text, sorted(edits))
    except ValueError:  # another conflict in the same text
        return UNSET


def outcomes_of(
    reading: Reading, same_as: SameAs, torn: Iterable[Clash], decided: Iterable[Clash]
) -> tuple[Outcome, ...]:
    """Return what became of every provision that a set speaks of, in the order of the text."""
    first = {
        reading.node(by, key): reading.node(other, name)
        for (by, key), (other, name) in same_as.items()
    }
    spoken: defaultdict[int, list[Doing]] = defaultdict(list)
    for node, doing in _spoken(reading):
        spoken[first.get(node, node)].append(doing)
    marked: dict[int, OutcomeKind] = {}
    for kind, clashes in (("resolved", decided), ("conflict", torn)):
        for clash in clashes:
            for node in (clash.node, *_nodes(reading, clash)):
                marked[first.get(node, node)] = kind  # type: ignore[assignment]
    return tuple(
        Outcome(
            reading.key(node),
            reading.shown(node),
            marked.get(node) or _kind(reading, doings),
            reading.names(doing.ref.by for doing in doings),
        )
        for node, doings in sorted(spoken.items())
    )


def _spoken(reading: Reading) -> Iterator[tuple[int, Doing]]:
    filed = (
        reading.wordings,
        reading.numbers,
        reading.identities,
        reading.moves,
        reading.removals,
        reading.fields,
    )
    for doings_by_node in filed:
        for node, doings in doings_by_node.items():
            target = reading.split_into[node][0] if node in reading.split_into else node
            for doing in doings:
                yield target, doing
    for node, doing in reading.added.items():
        yield node, doing


def _nodes(reading: Reading, clash: Clash) -> Iterator[int]:
    for option in clash.options:
        for doing in doings_of(reading, option):
            yield reading.node(doing.ref.by, doing.operation.key)


def _kind(reading: Reading, doings: list[Doing]) -> OutcomeKind:
    sets = {doing.ref.by for doing in doings}
    if len(sets) == 1:
        return "one"
    contents: defaultdict[int, set[str]] = defaultdict(set)
    for doing in doings:
        contents[doing.ref.by].add(repr(content_of(reading, doing)))
    first, *others = contents.values()
    return "agreed" if all(other == first for other in others) else "combined"
