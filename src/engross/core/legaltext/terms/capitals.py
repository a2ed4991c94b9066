"""Words in capitals that look like a defined term and are none."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from engross.core.legaltext.numbers.grammar import roman_value
from engross.core.legaltext.provisions import NOT_USED
from engross.core.legaltext.spans import Spans
from engross.core.legaltext.terms.styles import TermStyle

_RUN = re.compile(
    r"\b[A-Z][\w&’'-]*(?: (?:of |and |for |to |the )?[A-Z][\w&’'-]*)*"  # 'Letter of Credit'
)
_BEGINNINGS = (
    "A All An And Any As At Before Both But By Each Either Every For From Having He How However If "
    "In It Its May Neither No Not Notwithstanding Nothing Of On Once One Only Or Other Provided "
    "Save She So Some Subject Such That The Their There These They This Those To Two Under Unless "
    "Until Upon What When Where Whether Which While Who Without"
)
_STARTERS = frozenset(_BEGINNINGS.split())
_DAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December Christmas Easter Good New Year Day"
)
_CALENDAR = frozenset(_DAYS.split())
_LAWS = ("Act", "Acts", "Regulations", "Order", "Directive", "Rules", "Licence")
_ENDS = '.:;!?“"(–—\n'


class Capitalised(NamedTuple):
    """Words in capitals that nothing defines, with their span."""

    words: str
    start: int
    end: int


def undefined_in(
    text: str, covered: Iterable[tuple[int, int]], style: TermStyle
) -> list[Capitalised]:
    """Return the words in capitals of a text that look defined and are not.

    `covered` are the spans that are accounted for: uses, definitions, references. Left out are the
    first word of a sentence, names of laws, documents, days and months, and known names.
    """
    spans = Spans(covered)
    parts = frozenset(
        word for keyword in style.references.keywords for word in (keyword.word, keyword.family)
    )
    names = style.references.own_names
    found: list[Capitalised] = []
    if text.strip() == NOT_USED:
        return found
    for match in _RUN.finditer(text):
        for start, end in _pieces(text, match.start(), match.end(), spans):
            begin = _after_starters(text, start, end)
            words = text[begin:end]
            if words and not _is_known(words, parts, names, style):
                found.append(Capitalised(words, begin, end))
    return found


def _pieces(text: str, start: int, end: int, spans: Spans) -> list[tuple[int, int]]:
    """Return what is left of a run when what is accounted for is taken out."""
    pieces, at = [], start
    for first, last in spans.within(start, end):
        pieces.append((at, max(at, first)))
        at = max(at, last)
    pieces.append((at, end))
    return [_trimmed(text, first, last) for first, last in pieces if first < last]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a piece without the small words and marks at its ends."""
    words = [
        (match.start() + start, match.end() + start)
        for match in re.finditer(r"[A-Z][\w&’'-]*", text[start:end])
    ]
    whole = [(a, b) for a, b in words if not text[a - 1 : a].isalnum()]
    if not whole:
        return start, start
    last = whole[-1][1]
    for mark in ("’s", "'s", "’", "'"):
        last -= len(mark) if text[whole[-1][0] : last].endswith(mark) else 0
    return whole[0][0], last


def _after_starters(text: str, start: int, end: int) -> int:
    """Return where a run begins without the words that only begin a sentence."""
    while start < end:
        stop = text.find(" ", start, end)
        word = text[start : stop if stop >= 0 else end]
        is_first = _begins_sentence(text, start)
        if word not in _STARTERS and not (is_first and stop < 0):
            return start
        start = end if stop < 0 else stop + 1
        while start < end and not text[start].isupper():
            stop = text.find(" ", start, end)
            start = end if stop < 0 else stop + 1
    return end


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip()
    return not before or before[-1] in _ENDS


def _is_known(words: str, parts: frozenset[str], names: tuple[str, ...], style: TermStyle) -> bool:
    split = [word for word in words.split(" ") if word[0].isupper()]
    if words in style.known_names or words in names or split[-1] in _LAWS:
        return True
    if all(word in style.known_names for word in split):
        return True
    if (
        len(words) == 1
        or roman_value(words)
        or all(word in parts or word in _CALENDAR for word in split)
    ):
        return True
    return split[0] in parts
