"""The grammar of a clause's number, read by a small scanner that never fails.

A number is a head and a last part: '.10A' or '(a)' stands under what is before it. That split is
the grammar; within a part, runs of digits and of letters are levels. What no rule knows ('Part 2',
'1—bis') still becomes levels, in the order that a reader would expect.
"""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

_MOST = 1 << 40  # digits beyond this are one number: none is printed in any code
_MOST_CAPITALS = 12  # of a suffix; room for many insertions at one place
_LONGEST_NUMERAL = 8  # lxxxviii
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}


class Kind(IntEnum):
    """What a level of a number is made of; the order is that in which they stand in a text."""

    WORD = 1
    LETTER = 2  # the D of D7.2
    BRACKET = 3  # (1)
    LOWER = 4  # (a)
    ROMAN = 5  # (ii)
    UPPER = 6  # (A)
    NUMBER = 7  # the 7 and the 2 of D7.2


class Level(NamedTuple):
    """One level of a number: its kind, its place in a count, and what was inserted after it.

    `value` counts from 1 ((b) is 2, (iv) is 4, (aa) is 27); `suffix` is the 'A' of '2.10A' or the
    '-1' of '(a-1)'; `label` is the level as printed.
    """

    kind: Kind
    value: int
    suffix: str
    label: str


def split_last(number: str) -> tuple[str, str]:
    """Return a number without its last part, and that part as printed: 'D7' and '.2'."""
    cut = number.rfind("(") if number.endswith(")") else number.rfind(".", 0, len(number) - 1)
    return (number[:cut], number[cut:]) if cut > 0 else ("", number)


def parts(number: str) -> tuple[str, ...]:
    """Return the parts of a number: 'D7.2(a)(ii)' is 'D7', '.2', '(a)', '(ii)'.

    Joined they are the number again.
    """
    found = []
    while number:
        number, last = split_last(number)
        found.append(last)
    return tuple(reversed(found))


def level_of(number: str) -> int:
    """Return how deep a number stands in its document: D7 at 1, D7.2 at 2, '' at 0."""
    return len(parts(number))


def parent_of(number: str) -> str:
    """Return the number that a number stands under by its own form: 'D7.2' of 'D7.2(a)'."""
    return split_last(number)[0]


def parse(number: str, *, roman: bool | None = None) -> tuple[Level, ...]:
    """Return the levels of a number, from the outermost.

    `roman` says whether the last label counts in Roman numerals, where its siblings tell; without
    it '(i)' is read by its parent: Roman under '(a)' or '(1)', a letter under a plain number.
    """
    levels: list[Level] = []
    pieces = parts(number)
    for piece in pieces[:-1]:
        levels += levels_of_part(piece, levels[-1].kind if levels else None)
    if pieces:
        levels += levels_of_part(pieces[-1], levels[-1].kind if levels else None, roman=roman)
    return tuple(levels)


def levels_of_part(
    part: str, parent: Kind | None = None, *, roman: bool | None = None
) -> list[Level]:
    """Return the levels of one part, which stands under a level of kind `parent`."""
    if part.startswith("(") and part.endswith(")"):
        return [_bracketed(part, parent, roman=roman)]
    levels: list[Level] = []
    at, size = 0, len(part)
    while at < size:
        first = part[at]
        if first.isdecimal():
            level, at = _digits(part, at)
            levels.append(level)
        elif first.isalpha():
            end = end_of_letters(part, at)
            levels.append(_word(part[at:end]))
            at = end
        else:
            at += 1
    return levels


def end_of_digits(text: str, at: int) -> int:
    """Return where the run of digits that begins at `at` ends."""
    size = len(text)
    while at < size and text[at].isdecimal():
        at += 1
    return at


def end_of_letters(text: str, at: int) -> int:
    """Return where the run of letters that begins at `at` ends."""
    size = len(text)
    while at < size and text[at].isalpha():
        at += 1
    return at


def _digits(part: str, at: int) -> tuple[Level, int]:
    """Return the number at `at` with its suffix, and where it ends: '10A', '10bis'."""
    end = end_of_digits(part, at)
    value = whole(part[at:end])
    close = end_of_letters(part, end)
    suffix = part[end:close]
    if 0 < len(suffix) <= (_MOST_CAPITALS if suffix.isupper() else 3) and suffix.isascii():
        return Level(Kind.NUMBER, value, suffix.upper(), part[at:close]), close
    return Level(Kind.NUMBER, value, "", part[at:end]), end


def whole(digits: str) -> int:
    """Return digits as a number, cut at a size that no clause has."""
    return min(int(digits), _MOST) if len(digits) < 14 else _MOST


def _word(word: str) -> Level:
    if len(word) <= 2 and word.isascii() and word.isupper():
        return Level(Kind.LETTER, letters_value(word), "", word)
    # The first letters decide the order; a word is a rare guest in a number.
    spelled = word.casefold().encode("utf-8", "surrogatepass")[:12].ljust(12, b"\0")
    return Level(Kind.WORD, int.from_bytes(spelled), "", word)


def _bracketed(part: str, parent: Kind | None, *, roman: bool | None) -> Level:
    """Return the level of '(a)', '(ii)', '(A)', '(12)', '(aA)' or '(a-1)'."""
    label, suffix = _split_suffix(part[1:-1].strip())
    if label.isdecimal():
        return Level(Kind.BRACKET, whole(label), suffix, part)
    if not (0 < len(label) <= 6 and label.isascii() and label.isalpha()):
        return Level(Kind.WORD, _word(label).value, suffix, part)
    if roman_value(label) and (is_roman(label, parent) if roman is None else roman):
        return Level(Kind.ROMAN, roman_value(label), suffix, part)
    kind = Kind.UPPER if label.isupper() else Kind.LOWER
    return Level(kind, letters_value(label), suffix, part)


def _split_suffix(label: str) -> tuple[str, str]:
    """Return a label and what was inserted after it: 'aA' is 'a', 'A'; 'a-1' is 'a', '-1'."""
    end = 0
    size = len(label)
    if label[:1].isdecimal():
        end = end_of_digits(label, 0)
    else:
        while end < size and label[end].isalpha() and label[end].isupper() == label[0].isupper():
            end += 1
    suffix = label[end:]
    if end and suffix.isascii() and (suffix.isalpha() or _is_dashed(suffix)):
        return label[:end], suffix.upper()
    return label, ""


def _is_dashed(suffix: str) -> bool:
    return suffix[:1] in "-.:" and suffix[1:].isdecimal()


def letters_value(letters: str) -> int:
    """Return the place of letters in the count a, b … z, aa, ab … (1, 2 … 26, 27, 28)."""
    value = 0
    for letter in letters.lower():
        value = value * 26 + ord(letter) - 96
    return value


@lru_cache(maxsize=1024)
def roman_value(label: str) -> int:
    """Return the value of a Roman numeral up to 89, or 0 where it is none as a code prints it."""
    if len(label) > _LONGEST_NUMERAL:
        return 0
    value = 0
    digits = [_ROMAN_DIGITS.get(letter, 0) for letter in label.lower()]
    for at, digit in enumerate(digits):
        value += -digit if any(later > digit for later in digits[at + 1 :]) else digit
    is_one_case = label.islower() or label.isupper()
    return value if is_one_case and 0 < value < 90 and roman_label(value) == label.lower() else 0


def roman_label(value: int) -> str:
    """Return a number from 1 to 89 in small Roman numerals."""
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")[value // 10]
    return tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[value % 10]


def is_roman(label: str, parent: Kind | None = None, siblings: Sequence[str] = ()) -> bool:
    """Return whether a label such as 'i' or '(v)' counts in Roman numerals.

    `siblings` are the labels of its list in order, its own among them. A list that holds a letter
    no numeral has ('h') counts in letters; one that holds 'ii', or begins with 'i', in numerals.
    Without siblings the parent tells: numerals stand under '(a)', '(A)' and '(1)'.
    """
    if not roman_value(label.strip("()")):
        return False
    labels = [_split_suffix(each.strip("()"))[0] for each in siblings]
    if any(not roman_value(each) for each in labels):
        return False
    if any(len(each) > 1 for each in labels) or (labels and labels[0] in ("i", "I")):
        return True
    if len(label.strip("()")) > 1:
        return True
    return parent in (Kind.LOWER, Kind.UPPER, Kind.BRACKET)
