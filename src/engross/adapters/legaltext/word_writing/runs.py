"""Runs of text as WordprocessingML: what is kept, put in, taken out or moved, and how it looks."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from engross.core.legaltext.marks import Inlines
from engross.core.legaltext.provisions import Inline

_LOOKS = {
    "strong": "<w:b/>",
    "emphasis": "<w:i/>",
    "superscript": '<w:vertAlign w:val="superscript"/>',
    "subscript": '<w:vertAlign w:val="subscript"/>',
}
_NO_DAY = "1970-01-01"
_ORDER = ("strong", "emphasis", "superscript", "subscript")


class Stamp(NamedTuple):
    """Who made the changes and when, as attributes of a revision."""

    author: str
    day: str

    def attributes(self, *, turned: bool) -> str:
        """Return a revision's attributes but for its id; two minutes later in the day if `turned`.

        A change without a day that is `turned` bears the day that means none to LibreOffice.
        """
        day = self.day or (_NO_DAY if turned else "")
        date = f' w:date="{day}T00:0{2 * turned}:00Z"' if day else ""
        return f"w:author={quoteattr(self.author)}{date}"


class Revisions:
    """Revision ids, each used once in a file.

    LibreOffice makes one change of two that are alike and no more than a minute apart, where one
    ends a paragraph and the other begins the next, and takes the mark between them for changed. So
    after such an end the changes bear another time, up to the next end that is none.
    """

    def __init__(self, stamp: Stamp) -> None:
        self.stamps = (stamp.attributes(turned=False), stamp.attributes(turned=True))
        self.turned = 0
        self.last = 0

    def next(self) -> str:
        """Return the attributes of a further revision."""
        self.last += 1
        return f'w:id="{self.last}" {self.stamps[self.turned]}'

    def end_paragraph(self, *, is_changed: bool) -> None:
        """Take note of a mark that stays, and whether what stands right before it changed."""
        self.turned = 1 - self.turned if is_changed else 0

    def open(self, fate: str) -> str:
        """Return the element that opens a revision: 'ins', 'del', 'moveFrom' or 'moveTo'."""
        return f"<w:{fate} {self.next()}>"


class Stretch(NamedTuple):
    """A part of a text: '=', '-' or '+', its text, and the marks over it, old and new.

    Marks are counted from the stretch's own start.
    """

    sign: str
    text: str
    old: Inlines
    new: Inlines


def literal(text: str, *, deleted: bool = False) -> str:
    """Return a text as the inside of a run: tabs and line ends are elements of their own."""
    name = "delText" if deleted else "t"
    if "\n" not in text and "\t" not in text:
        return f'<w:{name} xml:space="preserve">{escape(text)}</w:{name}>' if text else ""
    parts: list[str] = []
    for at, line in enumerate(text.split("\n")):
        if at:
            parts.append("<w:br/>")
        for column, piece in enumerate(line.split("\t")):
            if column:
                parts.append("<w:tab/>")
            if piece:
                parts.append(f'<w:{name} xml:space="preserve">{escape(piece)}</w:{name}>')
    return "".join(parts)


class RunWriter:
    """Writes the runs of one file; collects its footnotes and the addresses of its links."""

    def __init__(self, revisions: Revisions) -> None:
        self.revisions = revisions
        self.footnotes: list[str] = []
        self.links: list[str] = []

    def styled(self, stretches: Sequence[Stretch], style: str) -> str:
        """Return a text with its changes, in a character style."""
        look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>'
        parts: list[str] = []
        for sign, text, _, _ in stretches:
            run = f"<w:r>{look}{literal(text, deleted=sign == '-')}</w:r>" if text else ""
            fate = {"-": "del", "+": "ins"}.get(sign, "")
            parts.append(f"{self.revisions.open(fate)}{run}</w:{fate}>" if fate else run)
        return "".join(parts)

    def whole(self, text: str, marks: Inlines, *, fate: str = "") -> str:
        """Return a text that has one fate: '' is kept, else 'ins', 'del', 'moveFrom', 'moveTo'."""
        if not text and not marks:
            return ""
        if not marks:
            run = f"<w:r>{literal(text, deleted=fate == 'del')}</w:r>"
        else:
            deleted = fate == "del"
            run = "".join(self._marked(text, marks, marks, deleted=deleted))
        return f"{self.revisions.open(fate)}{run}</w:{fate}>" if fate else run

    def changed(self, stretches: Sequence[Stretch]) -> str:
        """Return a text with its changes: kept, deleted and inserted stretches in turn."""
        parts: list[str] = []
        for sign, text, old, new in stretches:
            if sign == "=":
                parts.extend(self._marked(text, old, new))
            elif sign == "-":
                parts.append(self.whole(text, old, fate="del"))
            else:
                parts.append(self.whole(text, new, fate="ins"))
        return "".join(parts)

    def _marked(
        self, text: str, old: Inlines, new: Inlines, *, deleted: bool = False
    ) -> Iterator[str]:
        """Yield runs, one for each stretch under the same marks."""
        edges = sorted({0, len(text), *(edge for m in (*old, *new) for edge in (m.start, m.end))})
        yield from self._notes_at(0, old, new, deleted=deleted)
        for start, end in pairwise(edges):
            now = [m for m in new if m.start <= start and end <= m.end]
            was = [m for m in old if m.start <= start and end <= m.end]
            look = self._look(now, was if old is not new else now)
            run = f"<w:r>{look}{literal(text[start:end], deleted=deleted)}</w:r>"
            yield self._linked(run, now)
            yield from self._notes_at(end, old, new, deleted=deleted)

    def _look(self, now: Sequence[Inline], was: Sequence[Inline]) -> str:
        look, before = _properties(now), _properties(was)
        if look == before:
            return f"<w:rPr>{look}</w:rPr>" if look else ""
        change = f"<w:rPrChange {self.revisions.next()}><w:rPr>{before}</w:rPr></w:rPrChange>"
        return f"<w:rPr>{look}{change}</w:rPr>"

    def _linked(self, run: str, marks: Sequence[Inline]) -> str:
        link = next((mark.note for mark in marks if mark.kind == "link" and mark.note), None)
        if not link:
            return run
        if link not in self.links:
            self.links.append(link)
        return f'<w:hyperlink r:id="link{self.links.index(link) + 1}">{run}</w:hyperlink>'

    def _notes_at(self, offset: int, old: Inlines, new: Inlines, *, deleted: bool) -> Iterator[str]:
        """Yield the references of the footnotes that end at an offset."""
        was = [mark for mark in old if mark.kind == "footnote" and mark.end == offset]
        now = [mark for mark in new if mark.kind == "footnote" and mark.end == offset]
        for mark in now:
            run = self._note(mark)
            yield run if deleted or mark in was else f"{self.revisions.open('ins')}{run}</w:ins>"
        for mark in was:
            if mark not in now:
                yield f"{self.revisions.open('del')}{self._note(mark)}</w:del>"

    def _note(self, mark: Inline) -> str:
        self.footnotes.append(mark.note or "")
        style = '<w:rPr><w:rStyle w:val="EngrossNote"/></w:rPr>'
        return f'<w:r>{style}<w:footnoteReference w:id="{len(self.footnotes) + 1}"/></w:r>'


def _properties(marks: Sequence[Inline]) -> str:
    kinds = {mark.kind for mark in marks}
    if "superscript" in kinds:
        kinds.discard("subscript")
    style = '<w:rStyle w:val="EngrossNoted"/>' if "footnote" in kinds else ""
    return style + "".join(_LOOKS[kind] for kind in _ORDER if kind in kinds)
