"""The order of numbers in a text: 2.9, 2.10, 2.10(a), 2.10A, 2.11."""

from collections.abc import Container, Iterable
from functools import lru_cache

from engross.core.legaltext.numbers.grammar import (
    Kind,
    Level,
    is_roman,
    levels_of_part,
    split_last,
    whole,
)

SortKey = tuple[tuple[int, ...], str]

_LETTERS = 12  # letters of a suffix that count: the most that the grammar takes for one
_KIND_SHIFT = 100  # above every value, also that of a word's first letters
_KEPT = 1 << 16
_LONGEST = 200  # longer than any number, so that a hostile one costs no depth
_IN_NUMERALS = frozenset("ivxlIVXL")

_Place = tuple[tuple[int, ...], Kind | None]


def sort_key(number: str, *, roman: Container[str] | None = None) -> SortKey:
    """Return what sorts numbers as they stand in a text: 2.9 before 2.10 before 2.10A before 2.11.

    `roman` holds the numbers whose lettered children count in Roman numerals, as `roman_parents`
    finds them; without it each '(i)' is read by its parent alone. Two different numbers never have
    one key, and any text at all has one.
    """
    place = _place_of(number) if roman is None else _place_among(number, roman)
    return place[0], number


def roman_parents(numbers: Iterable[str]) -> frozenset[str]:
    """Return which of the numbers' parents have children that count in Roman numerals.

    `numbers` are those of one document in reading order. Only lists that could be read either way
    are looked at: a list with '(h)' and '(i)' counts in letters, one with '(i)' and '(ii)' not.
    """
    lists: dict[str, list[str]] = {}
    for number in numbers:
        if number.endswith(")"):
            parent, label = split_last(number)
            lists.setdefault(parent, []).append(label)
    return frozenset(
        parent
        for parent, labels in lists.items()
        if any(is_roman(label, _place_of(parent)[1], labels) for label in labels)
    )


@lru_cache(maxsize=_KEPT)
def _place_of(number: str) -> _Place:
    """Return a number's key and the kind of its last level; its head is mostly known by then."""
    if len(number) > _LONGEST:
        return _place_of_part(number, None)
    head, part = split_last(number)
    if not head:
        return _place_of_part(part, None)
    before, kind = _place_of(head)
    added, kind = _place_of_part(part, kind)
    return before + added, kind


def _place_among(number: str, roman: Container[str]) -> _Place:
    if len(number) > _LONGEST or _IN_NUMERALS.isdisjoint(number):
        return _place_of(number)
    head, part = split_last(number)
    if not head:
        return _place_of_part(part, None)
    before, kind = _place_among(head, roman)
    added, kind = _place_of_part(part, kind, head in roman)
    return before + added, kind


@lru_cache(maxsize=_KEPT)
def _place_of_part(part: str, parent: Kind | None, roman: bool | None = None) -> _Place:
    levels = levels_of_part(part, parent, roman=roman)
    key: list[int] = []
    for level in levels:
        key += level_key(level)
    return tuple(key), levels[-1].kind if levels else parent


def level_key(level: Level) -> tuple[int, int]:
    """Return the place of one level among those that may stand beside it."""
    # Letters and numerals of one list are compared by their value, so they share a rank.
    kind = Kind.LOWER if level.kind is Kind.ROMAN else level.kind
    return (kind << _KIND_SHIFT) + level.value, suffix_key(level.suffix)


def suffix_key(suffix: str) -> int:
    """Return the place of a suffix after its number: none, then A, AA, AB, B.

    As in Acts, 'AA' stands between A and B, and 'ZA' before A: so there is always room.
    """
    if suffix[:1] in ("-", ".", ":"):
        return (whole(suffix[1:]) + 1) << 64
    value = 0
    for at in range(_LETTERS):
        letter = suffix[at : at + 1]
        is_before = letter == "Z" and at + 1 < len(suffix)
        value = value * 27 + (0 if is_before or not letter else ord(letter) - 64)
    return value
