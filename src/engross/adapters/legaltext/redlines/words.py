"""Words with what was put there and taken away, as HTML: seen, and heard by a screen reader."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from engross.core.legaltext.marks import Inlines, listed
from engross.core.legaltext.provisions import Inline, Provision

_TAGS = {"strong": "strong", "emphasis": "em", "superscript": "sup", "subscript": "sub"}
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SIGNS = re.compile(r"[&<>]")
_SAFE_LINKS = ("https://", "http://", "mailto:", "#", "/")


class Around(NamedTuple):
    """HTML around a span of a text, such as a link; spans of one text do not overlap."""

    start: int
    end: int
    opening: str
    closing: str


def heard(text: str) -> str:
    """Return words that are spoken and not shown."""
    return f'<span class="heard">{escape(text)}</span>'


def inserted(content: str) -> str:
    """Return HTML that was put there."""
    return f"<ins>{heard('inserted: ')}{content}{heard(' (end of insertion)')}</ins>"


def deleted(content: str) -> str:
    """Return HTML that was taken away."""
    return f"<del>{heard('deleted: ')}{content}{heard(' (end of deletion)')}</del>"


def lined(text: str) -> str:
    """Return plain text as HTML, its line ends kept; a sign that HTML cannot hold is '\ufffd'."""
    shown = text if text.isprintable() else _UNFIT.sub("\ufffd", text)
    return escape(shown, quote=False).replace("\n", "<br>")


def segments(tokens: Iterable[Sequence[str]]) -> str:
    """Return the segments of a comparison: kept, deleted and inserted words."""
    parts: list[str] = []
    for sign, text in tokens:
        content = lined(text)
        parts.append(
            content if sign == "=" else inserted(content) if sign == "+" else deleted(content)
        )
    return "".join(parts)


def marked(provision: Provision, around: Sequence[Around] = ()) -> str:
    """Return a provision's text with the marks over it, and what goes around spans of it."""
    marks = listed(provision.inlines)
    if marks:
        return "".join(_runs(provision.text, marks, around))
    return _plain_runs(provision.text, around) if around else lined(provision.text)


def _plain_runs(text: str, around: Sequence[Around]) -> str:
    parts: list[str] = []
    # Most texts hold nothing that HTML writes otherwise: they are only cut.
    write = str if text.isprintable() and not _SIGNS.search(text) else lined
    at = 0
    for start, end, opening, closing in around:
        parts += (write(text[at:start]), opening, write(text[start:end]), closing)
        at = end
    parts.append(write(text[at:]))
    return "".join(parts)


def _runs(text: str, marks: Inlines, around: Sequence[Around] = ()) -> Iterable[str]:
    around = [each for each in around if not _is_linked(marks, each)]
    openings = {each.start: each.opening for each in around}
    closings = {each.end: each.closing for each in around}
    edges = sorted({0, len(text), *openings, *closings, *_edges(marks)})
    yield from _notes(marks, 0)
    for start, end in pairwise(edges):
        yield openings.get(start, "")
        content = lined(text[start:end])
        for mark in marks:
            if mark.start <= start and end <= mark.end:
                content = _wrapped(content, mark)
        yield content
        yield closings.get(end, "")
        yield from _notes(marks, end)


def _edges(marks: Inlines) -> Iterable[int]:
    return (edge for mark in marks for edge in (mark.start, mark.end))


def _is_linked(marks: Inlines, span: Around) -> bool:
    """Say whether a span shares words with a link of the text's own: no link holds another."""
    return any(
        mark.kind == "link" and mark.start < span.end and span.start < mark.end for mark in marks
    )


def _wrapped(content: str, mark: Inline) -> str:
    if mark.kind == "link":
        note = mark.note or ""
        if not note.startswith(_SAFE_LINKS):
            return content
        return f'<a href="{escape(note)}" rel="noopener">{content}</a>'
    tag = _TAGS.get(mark.kind)
    return f"<{tag}>{content}</{tag}>" if tag else content


def _notes(marks: Inlines, at: int) -> Iterable[str]:
    for mark in marks:
        if mark.kind == "footnote" and mark.end == at:
            yield f'<span class="redline-note">{heard("Note: ")}{lined(mark.note or "")}</span>'
