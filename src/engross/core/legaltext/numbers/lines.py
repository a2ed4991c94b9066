"""The number at the start of a line of plain text."""

from engross.core.legaltext.numbers.grammar import (
    end_of_digits,
    end_of_letters,
    roman_value,
)

_MOST_DIGITS = 3  # a year is no clause
_OPENING = "“\"'‘([*_—–-"


def number_at_start(line: str) -> tuple[str, str] | None:
    """Return the number that a line begins with and the rest of the line, or None.

    'D1.1 Text' gives 'D1.1', 'Text'; '(a)(i) text' gives '(a)(i)', 'text'; '12A. Text' gives
    '12A', 'Text'. Not a number: '12 months after', '2021 was', '(the "Code")', 'A party'.
    """
    line = line.strip()
    first = line[:1]
    if first == "(":
        end = _end_of_labels(line, 0)
    elif first.isdecimal():
        end = _end_of_dotted(line, 0)
    elif first.isascii() and first.isupper() and line[1:2].isdecimal():
        end = _end_of_dotted(line, 1)
    else:
        return None
    return _split(line, end) if end else None


def _split(line: str, end: int) -> tuple[str, str] | None:
    """Return the number and the rest, where the number ends as one does."""
    number, close = line[:end], end
    is_marked = line[close : close + 1] in (".", ":")  # '12A. Text': a mark, not of the number
    close += is_marked
    if close < len(line) and not line[close].isspace():
        return None
    rest = line[close:].strip()
    is_plain = number.isdecimal() and not is_marked
    if is_plain and rest and not (rest[0].isupper() or rest[0] in _OPENING):
        return None
    return number, rest


def _end_of_dotted(line: str, at: int) -> int:
    """Return where '7.2A(a)(ii)' ends, from the first digit at `at`; 0 where it is no number."""
    while True:
        end = end_of_digits(line, at)
        # P375 is a proposal, not a clause: after a Section's letter come two digits at most.
        if not 0 < end - at <= (2 if at == 1 and line[0].isalpha() else _MOST_DIGITS):
            return 0
        at = end_of_letters(line, end)
        if at - end > 2 or not (at == end or line[end:at].isupper()):
            return 0
        if line[at : at + 1] != "." or not line[at + 1 : at + 2].isdecimal():
            break
        at += 1
    return _end_of_labels(line, at)


def _end_of_labels(line: str, at: int) -> int:
    """Return where the bracketed labels at `at` end; `at` where there is none."""
    while line[at : at + 1] == "(":
        close = line.find(")", at, at + 8)
        if close < 0 or not is_label(line[at + 1 : close]):
            return at
        at = close + 1
    return at


def is_label(label: str) -> bool:
    """Return whether the words in a bracket number a limb: a, aa, aA, iv, A, 12, a-1."""
    if not label.isascii():
        return False
    stem, dash, count = label.partition("-")
    if dash and not count.isdecimal():
        return False
    if stem.isdecimal():
        return len(stem) <= _MOST_DIGITS
    if not stem.isalpha():
        return _is_numbered_suffix(stem)
    return len(stem) <= 2 or bool(roman_value(stem)) or _is_repeated(stem)


def _is_numbered_suffix(stem: str) -> bool:
    """Return whether it is digits and then a capital or two: 2A."""
    end = end_of_digits(stem, 0)
    return 0 < end <= _MOST_DIGITS and stem[end:].isalpha() and stem[end:].isupper()


def _is_repeated(stem: str) -> bool:
    return len(stem) == 3 and (len(set(stem)) == 1 or (stem[1:].isupper() and stem[0].islower()))
