"""Counting on: the number after one, the number of what is put in, and the numbers of a range."""

from collections.abc import Container, Iterable

from engross.core.legaltext.numbers.grammar import (
    Kind,
    Level,
    parent_of,
    parse,
    parts,
    roman_label,
    split_last,
)
from engross.core.legaltext.numbers.order import level_key, sort_key

_MOST_SUFFIXES = 8


def next_number(number: str, *, roman: bool | None = None) -> str:
    """Return the number that follows in the same list: D7.3 after D7.2, (b) after (a).

    After 2.10A comes 2.10B; after 2.10Z comes 2.11. `roman` as for `parse`.
    Raises ValueError where the last part of the number does not count.
    """
    levels = parse(number, roman=roman)
    if not levels or levels[-1].kind is Kind.WORD:
        raise ValueError(f"{number!r} has no next number: its last part does not count")
    last = levels[-1]
    ahead = number.rstrip(".")
    ahead = ahead[: len(ahead) - len(last.label)]
    return ahead + _next_label(last)


def _next_label(level: Level) -> str:
    suffix = _next_suffix(level.suffix)
    value = level.value if suffix else level.value + 1
    label = _label(level.kind, value, is_upper=level.label.isupper())
    return f"({label}{suffix})" if level.label.startswith("(") else label + suffix


def _next_suffix(suffix: str) -> str:
    if suffix.startswith("-"):
        return f"-{int(suffix[1:]) + 1}"
    if suffix and suffix[-1] != "Z":
        return suffix[:-1] + chr(ord(suffix[-1]) + 1)
    return ""


def _label(kind: Kind, value: int, *, is_upper: bool) -> str:
    if kind in (Kind.NUMBER, Kind.BRACKET):
        return str(value)
    label = roman_label(value) if kind is Kind.ROMAN and value < 90 else letters(value)
    return label.upper() if is_upper else label


def letters(value: int) -> str:
    """Return the letters at a place of the count a, b … z, aa, ab; the opposite of their value."""
    label = ""
    while value > 0:
        value, rest = divmod(value - 1, 26)
        label = chr(97 + rest) + label
    return label


def between(before: str, after: str | None = None, *, roman: bool | None = None) -> str:
    """Return the number that a clause takes which is put in after `before`, and before `after`.

    Nothing is renumbered: after 2.10 comes 2.11 where that is free, else 2.10A; between 2.10A and
    2.10B stands 2.10AA, and between 2.10 and 2.10A stands 2.10ZA.
    Raises ValueError where `after` does not come after `before`.
    """
    if after is None:
        return next_number(before, roman=roman)
    low, high = _place(before, roman=roman), _place(after, roman=roman)
    if not low < high:
        raise ValueError(f"{after!r} does not come after {before!r}")
    for candidate in _candidates(before, roman=roman):
        if low < _place(candidate, roman=roman) < high:
            return candidate
    raise ValueError(f"there is no number between {before!r} and {after!r}")


def _place(number: str, *, roman: bool | None) -> tuple[int, ...]:
    return tuple(part for level in parse(number, roman=roman) for part in level_key(level))


def _candidates(before: str, *, roman: bool | None) -> Iterable[str]:
    yield next_number(before, roman=roman)
    for count in range(_MOST_SUFFIXES):
        suffix = "Z" * count + "A"
        if before.endswith(")"):
            yield f"{before[:-1]}{suffix})"
        else:
            yield before.rstrip(".") + suffix


def expand_range(
    first: str, last: str, existing: Iterable[str], *, roman: Container[str] | None = None
) -> tuple[str, ...]:
    """Return the numbers of a list from `first` to `last`, both included, as they exist.

    `existing` are the numbers of the document; what stands under or above those of the range is
    left out. `last` may be short: 'D7.2(a)' to '(c)'. Empty where nothing of it exists.
    """
    last = complete(last, first)
    level, parent = len(parts(first)), parent_of(first)
    low, high = sort_key(first, roman=roman), sort_key(last, roman=roman)
    same_list = parent == parent_of(last)
    return tuple(
        number
        for number in existing
        if low <= sort_key(number, roman=roman) <= high
        and len(parts(number)) == level
        and (not same_list or parent_of(number) == parent)
    )


def complete(label: str, base: str) -> str:
    """Return a whole number for one that leans on another: '(b)' after 'D7.2(a)' is 'D7.2(b)'.

    The label takes the place of the base's level of its own kind, and stands under the base where
    there is none. One that starts afresh ('D3.4', '5.1') stays as it is; '2.4' after 'C2.2' is
    'C2.4'.
    """
    if not label.startswith("("):
        root = base[:1] if base[:1].isalpha() and base[1:2].isdecimal() else ""
        return root + label if label[:1].isdecimal() else label
    head, _ = _outermost(label)
    wanted = parse(head)[0].kind
    stem = base
    while stem.endswith(")"):
        ahead, last = split_last(stem)
        if _fits(head, wanted, last, parse(stem)[-1]):
            return ahead + label
        stem = ahead
    return base + label


def _outermost(label: str) -> tuple[str, str]:
    close = label.find(")") + 1
    return (label[:close], label[close:]) if close else (label, "")


def _fits(label: str, wanted: Kind, sibling: str, level: Level) -> bool:
    """Return whether a label goes on the list of another: (c) that of (a), (iv) that of (ii)."""
    if level.kind is not Kind.ROMAN:
        return level.kind is wanted
    is_numeral = parse(label, roman=True)[0].kind is Kind.ROMAN
    return is_numeral and sibling.isupper() == label.isupper()
