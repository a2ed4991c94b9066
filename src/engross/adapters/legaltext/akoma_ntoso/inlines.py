"""Text with marks over it as mixed content of XML, and back."""

from itertools import pairwise

from lxml import etree
from lxml.etree import _Element as Element

from engross.adapters.legaltext.akoma_ntoso.names import INLINES, qualified
from engross.core.legaltext.marks import Inlines
from engross.core.legaltext.provisions import Inline, InlineKind

_KINDS: dict[str, InlineKind] = {
    "b": "strong",
    "i": "emphasis",
    "sup": "superscript",
    "sub": "subscript",
}
_HIDDEN = {"authorialNote", "num", "heading", "remark"}


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; '' for a comment or an instruction."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def fill(parent: Element, text: str, marks: Inlines) -> None:
    """Put a text into an element; marks that overlap are opened and closed at every edge."""
    edges = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))})
    _notes(parent, marks, 0)
    for start, end in pairwise(edges):
        holder = parent
        for mark in marks:
            if mark.start <= start and end <= mark.end and mark.start < mark.end:
                holder = _opened(holder, mark)
        _add(holder, text[start:end])
        _notes(parent, marks, end)


def _opened(holder: Element, mark: Inline) -> Element:
    if mark.kind == "link":
        return etree.SubElement(holder, qualified("a"), href=mark.note or "#")
    if mark.kind == "footnote":
        return etree.SubElement(holder, qualified("span"), {"class": "noted"})
    return etree.SubElement(holder, qualified(INLINES[mark.kind]))


def _notes(parent: Element, marks: Inlines, at: int) -> None:
    for mark in marks:
        if mark.kind == "footnote" and mark.end == at:
            note = etree.SubElement(parent, qualified("authorialNote"))
            fill(etree.SubElement(note, qualified("p")), mark.note or "", ())


def _add(holder: Element, text: str) -> None:
    """Add text behind what an element holds; a line end is an element."""
    for at, line in enumerate(text.split("\n")):
        if at:
            etree.SubElement(holder, qualified("eol"))
        if not line:
            continue
        if len(holder):
            holder[-1].tail = (holder[-1].tail or "") + line
        else:
            holder.text = (holder.text or "") + line


class Reader:
    """Takes the text of elements in turn, and the marks over it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[Inline] = []
        self.noted_from: int | None = None

    def take(self, element: Element) -> None:
        """Take an element's content."""
        self._text(element.text)
        for child in element:
            self._child(child)
            self._text(child.tail)

    def take_line_end(self) -> None:
        """Begin another line: a text of several paragraphs is one."""
        self._text("\n")

    def _child(self, child: Element) -> None:
        name = local_name(child)
        start = self.length
        if name == "eol":
            self._text("\n")
        elif name == "authorialNote":
            self._note(child)
        elif name and name not in _HIDDEN:
            self.take(child)
        if name in _KINDS:
            self._mark(Inline(_KINDS[name], start, self.length))
        elif name in ("a", "ref") and child.get("href"):
            self._mark(Inline("link", start, self.length, str(child.get("href"))))
        elif name == "span" and child.get("class") == "noted":
            self.noted_from = start if self.noted_from is None else self.noted_from

    def _note(self, element: Element) -> None:
        note = Reader()
        for paragraph in element:
            if note.parts:
                note.take_line_end()
            note.take(paragraph)
        start = self.length if self.noted_from is None else self.noted_from
        self.marks.append(Inline("footnote", start, self.length, note.text))
        self.noted_from = None

    def _mark(self, new: Inline) -> None:
        """Add a mark, or lengthen the same one that ends where it begins."""
        if new.start == new.end:
            return
        for at, mark in enumerate(self.marks):
            if (mark.kind, mark.note, mark.end) == (new.kind, new.note, new.start):
                self.marks[at] = Inline(mark.kind, mark.start, new.end, mark.note)
                return
        self.marks.append(new)

    def _text(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)

    @property
    def text(self) -> str:
        """All text taken so far."""
        return "".join(self.parts)
