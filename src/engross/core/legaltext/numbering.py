"""Slips in the numbers of a text: the same twice, out of order, missing, not its parent's."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from engross.core.legaltext.numbers import Kind, Level, is_roman, parent_of, parse
from engross.core.legaltext.numbers.grammar import levels_of_part, split_last
from engross.core.legaltext.numbers.order import suffix_key
from engross.core.legaltext.places import Places

_IN_NUMERALS = re.compile(r"\([ivxlIVXL]+[A-Z]?\)")
_MOST_MISSING = 5  # a longer gap is a renumbering that nobody wants listed


class Misnumbered(NamedTuple):
    """A node whose number or id looks wrong."""

    node: int
    what: str
    remedy: str


def misnumbered(places: Places) -> list[Misnumbered]:
    """Return what looks like a slip in numbers and ids, in reading order.

    Limbs of a definition are numbered '(a)' alone: only their own list is looked at.
    """
    found = [*_same_ids(places), *_same_numbers(places), *_strangers(places)]
    for node in range(len(places)):
        found += _list_slips(places, places.children[node])
    return sorted(found, key=lambda each: each.node)


def _same_ids(places: Places) -> Iterator[Misnumbered]:
    """Yield ids that are borne twice; under itself, an id would make a circle."""
    first: dict[str, int] = {}
    for node, provision in enumerate(places.provisions):
        if provision is None or provision.id is None:
            continue
        known = first.setdefault(provision.id, node)
        if known == node:
            continue
        above = places.parents[node]
        while above >= 0 and above != known:
            above = places.parents[above]
        where = places.shown(known)
        what = f"the id '{provision.id}' is already that of {where}"
        if above == known:
            what = f"the id '{provision.id}' is that of {where}, under which it stands: a circle"
        yield Misnumbered(node, what, "Give it an id of its own, or none")


def _same_numbers(places: Places) -> Iterator[Misnumbered]:
    first: dict[tuple[str, str], int] = {}
    for node, provision in enumerate(places.provisions):
        if provision is None or not provision.number or provision.number.startswith("("):
            continue
        key = (places.documents[node].document, provision.number)
        known = first.setdefault(key, node)
        if known != node:
            what = f"two provisions are numbered {provision.number}"
            yield Misnumbered(node, what, "Give one of them a number of its own")


def _strangers(places: Places) -> Iterator[Misnumbered]:
    """Yield numbers that do not begin with the number that they stand under."""
    for node, provision in enumerate(places.provisions):
        stem = places.stems[node]
        if provision is None or not provision.number or not stem or provision.number[0] == "(":
            continue
        number = provision.number
        if not places.labels[node][1] and _says_a_parent(number, stem):
            what = f"{number} stands under {stem}, and does not begin with it"
            yield Misnumbered(node, what, "Correct the number, or move it to where it belongs")


def _says_a_parent(number: str, stem: str) -> bool:
    """Return whether a number names what it stands under: '12A' under 'Part 2' does not."""
    is_clause = number[0].isalpha() and number[1:2].isdecimal()  # 'E1' in Section D
    return bool(parent_of(number)) or (is_clause and stem.isalpha() and len(stem) == 1)


def _list_slips(places: Places, nodes: list[int]) -> Iterator[Misnumbered]:
    """Yield what is out of order, or missing, in one list."""
    numbered = [node for node in nodes if places.number(node) and places.provisions[node]]
    roman = _counts_in_numerals(places, numbered)
    last: _Counted | None = None
    for node in numbered:
        found = _counted(places.number(node), last, roman=roman)
        if found is None:
            continue
        if last is not None and last.kind is found.kind and last.parent == found.parent:
            yield from _step(node, last, found)
        last = found


class _Counted(NamedTuple):
    """A number in its list: its place is its value and what is put in after that."""

    number: str
    parent: str
    kind: Kind
    place: tuple[int, int]


def _counted(number: str, last: "_Counted | None", *, roman: bool) -> _Counted | None:
    """Return where a number stands in its list, None where it does not count."""
    parent, part = split_last(number)
    level = _level(part, roman)
    if level is None:
        return None
    place = (level.value, suffix_key(level.suffix))
    label = level.label.strip("()")
    is_doubled = level.kind is Kind.LOWER and len(label) == 2 and label[0] == label[1]
    if last is not None and is_doubled and last.number.endswith(f"({label[0]})"):
        place = (last.place[0], last.place[1] + 1)  # '(aa)' may be put in after '(a)'
    return _Counted(number, parent, level.kind, place)


@lru_cache(maxsize=4096)
def _level(part: str, roman: bool) -> Level | None:
    levels = levels_of_part(part, roman=roman)
    return levels[-1] if levels and levels[-1].kind is not Kind.WORD else None


def _counts_in_numerals(places: Places, nodes: list[int]) -> bool:
    labels = [split_last(places.number(node))[1] for node in nodes]
    if not any(_IN_NUMERALS.fullmatch(label) for label in labels):
        return False
    if not all(label.startswith("(") for label in labels):
        return False
    above = parse(parent_of(places.number(nodes[0])) or places.stems[nodes[0]])
    kind = above[-1].kind if above else None
    return any(is_roman(label, kind, labels) for label in labels)


def _step(node: int, last: _Counted, new: _Counted) -> Iterator[Misnumbered]:
    """Yield what is wrong between a number and the one that follows it in its list."""
    missing = new.place[0] - last.place[0] - 1
    if new.place == last.place and new.number.startswith("("):
        yield Misnumbered(node, f"two limbs of one list are {new.number}", "Letter them on")
    elif new.place < last.place:
        what = f"{new.number} comes after {last.number}"
        yield Misnumbered(node, what, "Put them in the order of their numbers")
    elif 0 < missing <= _MOST_MISSING:
        count = "1 number is" if missing == 1 else f"{missing} numbers are"
        what = f"between {last.number} and {new.number}, {count} missing"
        yield Misnumbered(node, what, "Keep the number of a removed provision, as '[Not Used]'")
