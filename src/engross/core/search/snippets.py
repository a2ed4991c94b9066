"""The words around what was found, with the words that were looked for marked."""

from collections.abc import Iterable
from typing import NamedTuple

from engross.core.search.grammar import Query
from engross.core.search.words import WORD, stem_of

LENGTH = 240
_LEAD = 60  # characters shown before the first word found
_MOST_READ = 20_000  # characters of a text that are looked at


class Piece(NamedTuple):
    """A piece of a snippet; `is_hit` if it is a word that was looked for."""

    text: str
    is_hit: bool = False


def marked(text: str, query: Query) -> tuple[Piece, ...]:
    """Return a whole text in pieces, the words that were looked for marked."""
    return _pieces(text, 0, len(text), _spans(text, query))


def snippet(text: str, query: Query, *, length: int = LENGTH) -> tuple[Piece, ...]:
    """Return about `length` characters of a text where most of the words stand, in pieces.

    A text that holds none of them is shown from its beginning.
    """
    text = " ".join(text[:_MOST_READ].split())
    spans = _spans(text, query)
    start, end = _window(text, spans, length)
    pieces = _pieces(text, start, end, spans)
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return (*before, *pieces, *after)


def _spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Return where words that were looked for stand, in order."""
    begins = tuple(term.words[-1] for term in query.required if term.is_prefix)
    stems = {stem_of(word) for word in query.words}
    return [
        match.span()
        for match in WORD.finditer(text)
        if stem_of(match[0]) in stems or (begins and match[0].lower().startswith(begins))
    ]


def _window(text: str, spans: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """Return from where to where to show a text, at the ends of words."""
    if len(text) <= length:
        return 0, len(text)
    start = _fullest(text, spans, length)
    if start:
        start = text.find(" ", start) + 1
    end = min(start + length, len(text))
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    return start, end


def _fullest(text: str, spans: list[tuple[int, int]], length: int) -> int:
    """Return where a window begins that shows the most different words that were looked for."""
    best, most = 0, 0
    for at, (begin, _) in enumerate(spans):
        within = {
            stem_of(text[start:end])
            for start, end in spans[at : at + 12]
            if end <= begin + length - _LEAD
        }
        if len(within) > most:
            best, most = begin, len(within)
    return max(0, min(best - _LEAD, len(text) - length))


def _pieces(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces = []
    at = start
    for begin, stop in spans:
        if begin < at or stop > end:
            continue
        if begin > at:
            pieces.append(Piece(text[at:begin]))
        pieces.append(Piece(text[begin:stop], is_hit=True))
        at = stop
    if at < end:
        pieces.append(Piece(text[at:end]))
    return tuple(pieces)
