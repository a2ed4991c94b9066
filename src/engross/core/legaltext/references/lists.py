"""The list of numbers after a word such as 'Sections': 'D1, D2 and D3.4(a)', 'C2.2 to C2.4'."""

from typing import NamedTuple

from engross.core.legaltext.numbers.grammar import end_of_digits
from engross.core.legaltext.numbers.lines import is_label

_AND = ("and/or", "and", "or")
_TO = ("to", "through", "until")
_DASHES = "–—-"
_LONGEST_HEADING = 160
_MOST_DIGITS = 4


class Item(NamedTuple):
    """One number of a list, the end of its range or '', and the heading quoted after it."""

    start: int
    end: int
    label: str
    until: str
    heading: str


def items_at(text: str, at: int, *, is_plural: bool, dashes: bool) -> list[Item]:
    """Return the numbers that stand at `at`, as far as the list goes; none where none stands.

    `dashes` allows numbers such as '14(a)-2'.
    """
    end = number_end(text, at, dashes=dashes)
    items: list[Item] = []
    start, is_range = at, False
    while end > start:
        label = text[start:end]
        if not items:
            items.append(Item(start, end, label, "", ""))
        elif is_range:
            items[-1] = items[-1]._replace(until=label, end=end)
        else:
            items.append(Item(start, end, label, "", ""))
        heading, end = heading_at(text, end)
        items[-1] = items[-1]._replace(heading=heading or items[-1].heading, end=end)
        start, is_range = _join(text, end)
        if not start or (is_range and items[-1].until):
            break
        end = number_end(text, start, dashes=dashes)
        follows = _follows(text[start:end], items[-1].label, is_plural=is_plural or is_range)
        if not follows or _begins_words(text, start, end):
            break
    return items


def number_end(text: str, at: int, *, dashes: bool = False) -> int:
    """Return where the number that begins at `at` ends, `at` itself where none does.

    A number is 'D7.2A(a)(ii)', '5.1', '(a)', 'AB' or '34-1101'; not the '10' of '10th'.
    """
    size, end = len(text), at
    while end < size and end - at < 2 and text[end].isascii() and text[end].isupper():
        end += 1
    if end < size and text[end].isdecimal():
        end = _dotted_end(text, end)
        if not end:
            return at
    end = _labels_end(text, end)
    if dashes and end > at and text[end : end + 1] == "-" and text[end + 1 : end + 2].isdecimal():
        end = end_of_digits(text, end + 1)
    is_cut = end < size and (text[end].isalnum() or text[end] == "_")
    return at if is_cut else end


def _dotted_end(text: str, at: int) -> int:
    """Return where '7.2A' ends, 0 where it is no number."""
    while True:
        end = end_of_digits(text, at)
        if end - at > _MOST_DIGITS:
            return 0
        at = end
        while text[at : at + 1].isupper() and at - end < 3:
            at += 1
        if text[at : at + 1] != "." or not text[at + 1 : at + 2].isdecimal():
            return at
        at += 1


def _labels_end(text: str, at: int) -> int:
    while text[at : at + 1] == "(":
        close = text.find(")", at, at + 8)
        if close < 0 or not is_label(text[at + 1 : close]):
            return at
        at = close + 1
    return at


def heading_at(text: str, at: int) -> tuple[str, int]:
    """Return the heading quoted in brackets after a number, and where it ends: '' where none is.

    A heading begins with a capital; a limb '(a)' and a remark '(as amended)' are none.
    """
    if text[at : at + 2] != " (" or not text[at + 2 : at + 3].isupper():
        return "", at
    depth = 0
    for end in range(at + 1, min(len(text), at + _LONGEST_HEADING)):
        if text[end] == "(":
            depth += 1
        elif text[end] == ")":
            depth -= 1
            if not depth:
                heading = text[at + 2 : end]
                return ("", at) if is_label(heading) else (heading, end + 1)
    return "", at


def _join(text: str, at: int) -> tuple[int, bool]:
    """Return where the next number would stand, and whether it ends a range; 0 where none can."""
    start = skip_spaces(text, at)
    if text[start : start + 1] == ",":
        start = skip_spaces(text, start + 1)
        after = _after_word(text, start, _AND)
        return (after or start), False
    after = _after_word(text, start, _AND) if start > at else 0
    if after:
        return after, False
    after = _after_word(text, start, _TO) if start > at else 0
    if after:
        return after, True
    if text[start : start + 1] and text[start] in _DASHES:
        return skip_spaces(text, start + 1), True
    return 0, False


def _after_word(text: str, at: int, words: tuple[str, ...]) -> int:
    for word in words:
        end = at + len(word)
        if text.startswith(word, at) and text[end : end + 1].isspace():
            return skip_spaces(text, end)
    return 0


def skip_spaces(text: str, at: int) -> int:
    """Return the first place from `at` on that is no space."""
    size = len(text)
    while at < size and text[at].isspace():
        at += 1
    return at


def _follows(label: str, before: str, *, is_plural: bool) -> bool:
    """Return whether a number may go on a list after another."""
    if not label:
        return False
    if label[0] == "(":
        return before.endswith(")")
    if label[0].isdecimal():
        return "." in label if before[:1].isalpha() else is_plural or "." in label
    return is_plural or label[-1] in ")0123456789" or any(each.isdecimal() for each in label)


def _begins_words(text: str, start: int, end: int) -> bool:
    """Return whether a lone letter is in truth a word: the A of 'Sections D and A Party'."""
    is_word = text[start:end] in ("A", "I") and text[end : end + 1] == " "
    return is_word and text[end + 1 : end + 2].isupper()
