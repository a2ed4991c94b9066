"""How the bracketed labels of lists count: (a), (b); (i), (ii); (A), (B); (1), (2).

One label may be read in two ways: '(i)' is a letter after '(h)' and the first numeral. Which it is,
the labels before and after it say.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from engross.core.legaltext.numbers.grammar import Kind, levels_of_part, parts


class ListLabel(NamedTuple):
    """How a label counts: what its list is made of, its place there, and what was put in after."""

    kind: Kind
    is_small: bool
    value: int
    suffix: str

    @property
    def series(self) -> tuple[Kind, bool]:
        return self.kind, self.is_small


@lru_cache(maxsize=4096)
def readings_of(label: str) -> tuple[ListLabel, ...]:
    """Return the ways to count a bracketed label: as letters or digits, and as a numeral."""
    if label[:1] != "(":
        return ()
    is_small = label[1:2].islower()
    found = []
    for roman in (False, True):
        level = levels_of_part(label, roman=roman)[0]
        if level.kind is not Kind.WORD and (level.kind is Kind.ROMAN) == roman:
            found.append(ListLabel(level.kind, is_small, level.value, level.suffix))
    return tuple(found)


def comes_next(before: ListLabel, label: ListLabel) -> bool:
    """Return whether a label is the next in a list, or one inserted there: (b), (bA), (c)."""
    if before.series != label.series:
        return False
    if label.value == before.value:
        return label.suffix > before.suffix
    return label.value == before.value + 1


def following_labels(numbers: Iterable[str]) -> list[str]:
    """Return for each paragraph the bracketed label that comes next, '' before a whole number."""
    found = []
    following = ""
    for number in reversed(list(numbers)):
        found.append(following)
        if number:
            following = number if number[0] == "(" else ""
    found.reverse()
    return found


def begins_numerals(label: str, following: str) -> bool:
    """Return whether a label is '(i)' and the next one '(ii)', or '(I)' and '(II)'."""
    first = readings_of(label)[-1:]
    second = readings_of(parts(following)[0])[-1:] if following else ()
    if not first or not second or first[0].kind is not Kind.ROMAN:
        return False
    return first[0].value == 1 and comes_next(first[0], second[0])
