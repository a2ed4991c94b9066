"""Provisions out of a Word file's paragraphs: its documents before or after the tracked changes.

A file of ours says by its styles what each paragraph is. In any other a heading is known by its
outline level, a number by Word's count or by what is typed at the start of a line, and a document
begins where a title names one ('Section D: ...').
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from engross.adapters.legaltext.numbered_text.lines import names_a_document, title_in
from engross.core.legaltext.numbers.lines import number_at_start
from engross.core.legaltext.outlines import FlatParagraph, outlined
from engross.core.legaltext.provisions import Code, Document, Inline, Table, root_label
from engross.core.legaltext.tracked import (
    DOCUMENT_STYLE,
    Paragraph,
    Place,
    Side,
    TrackedText,
    stands,
)
from engross.core.legaltext.tracked_sides import paragraphs_after, paragraphs_before

_OWN: Final = re.compile(r"Engross ?(?:Plain ?)?(Title|Cell|End|Space|Heading|Clause|Text|) ?(\d*)")
_TITLES: Final = frozenset(("Title", "Engross Title"))
_KNOWN_IDS: Final[Mapping[str, str]] = {}


class ReadCode(NamedTuple):
    """A code read from a file, and what was odd about it."""

    code: Code
    remarks: tuple[str, ...]


def code_before(text: TrackedText, name: str, *, ids: Mapping[str, str] = _KNOWN_IDS) -> ReadCode:
    """Return the documents of a file as they were before every tracked change.

    `name` is the document's where no title in the file names one. A file of ours carries permanent
    ids in bookmarks; `ids` are those of bookmarks that carry another.
    """
    return _read(text, "before", paragraphs_before(text), name, ids)


def code_after(text: TrackedText, name: str, *, ids: Mapping[str, str] = _KNOWN_IDS) -> ReadCode:
    """Return the documents of a file as they are after every tracked change; else as before."""
    return _read(text, "after", paragraphs_after(text), name, ids)


def _read(
    text: TrackedText,
    side: Side,
    paragraphs: Sequence[Paragraph],
    name: str,
    ids: Mapping[str, str],
) -> ReadCode:
    within = [table.within for table in text.tables]
    reader = _Reader(name, ids, lambda place: _outermost(place, within))
    reader.row_counts = [sum(stands(row.fate, side) for row in table.rows) for table in text.tables]
    reader.language = text.language.partition("-")[0].lower() or "en"
    reader.is_own = any(_OWN.fullmatch(paragraph.style) for paragraph in paragraphs)
    if reader.is_own:
        reader.language = text.language or "en"  # ours says it exactly
    for paragraph in paragraphs:
        reader.take(paragraph)
    return reader.ended()


def _outermost(place: Place, within: Sequence[Place | None]) -> Place:
    while (outer := within[place.table]) is not None:
        place = outer
    return place


class _Reader:
    """Takes paragraphs in turn and makes documents of them."""

    def __init__(
        self, name: str, ids: Mapping[str, str], outermost: Callable[[Place], Place]
    ) -> None:
        self.name, self.ids, self.outermost = name, ids, outermost
        self.language, self.is_own = "en", False
        self.documents: list[Document] = []
        self.remarks: list[str] = []
        self.document, self.title, self.has_title = name, "", False
        self.flat: list[FlatParagraph] = []
        self.row_counts: list[int] = []
        self.table = -1
        self.seen_ids: set[str | None] = {None}
        self.rows: list[dict[int, list[str]]] = []
        self.awaits_text = False

    def take(self, paragraph: Paragraph) -> None:
        """Take the next paragraph."""
        if paragraph.place is not None:
            self._cell(paragraph, self.outermost(paragraph.place))
            return
        self._end_table()
        own = _OWN.fullmatch(paragraph.style)
        kind, level = (own[1], int(own[2] or 0)) if own else ("", 0)
        if kind in ("End", "Space") or (
            not own and not paragraph.text.strip() and not paragraph.number
        ):
            return
        if kind == "Title" or (not own and self._is_title(paragraph)):
            self._start(paragraph)
        elif kind == "Text" or (not own and self.awaits_text and not _number(paragraph)[0]):
            self._own_text(paragraph)
        else:
            self._provision(paragraph, level, is_heading=kind == "Heading", is_own=bool(own))

    def _is_title(self, paragraph: Paragraph) -> bool:
        if paragraph.number:
            return False
        line = paragraph.text.strip()
        if paragraph.style in _TITLES:
            return not self.flat
        return names_a_document(line) and not (self.flat and not self.has_title)

    def _start(self, paragraph: Paragraph) -> None:
        """Begin a document, and end the one before it."""
        if self.has_title or self.flat:
            self._end_document()
        line = paragraph.text
        named = next((one for one in paragraph.own_styles if one[0] == DOCUMENT_STYLE), None)
        if named is not None:
            self.document = line[named[1] : named[2]]
            self.title = line[named[2] :].removeprefix(":").removeprefix(" ")
        else:
            self.document, self.title = title_in(line.strip(), self.name, is_markdown=False)
        self.has_title = True

    def _own_text(self, paragraph: Paragraph) -> None:
        """Give a heading the text that stands under it."""
        if not self.flat or not self.awaits_text:
            self._provision(paragraph, 0, is_heading=False, is_own=False)
            return
        inlines = paragraph.inlines or UNSET
        self.flat[-1] = replace(self.flat[-1], text=paragraph.text, inlines=inlines)
        self.awaits_text = False

    def _provision(
        self, paragraph: Paragraph, level: int, *, is_heading: bool, is_own: bool
    ) -> None:
        is_heading = is_heading or (not is_own and paragraph.heading > 0)
        number, text, inlines = _number(paragraph) if not is_own else (
            paragraph.number, paragraph.text, paragraph.inlines
        )  # fmt: skip
        if level == 1 and number.startswith("(") and not paragraph.is_whole:
            number = root_label(self.document) + number  # '(a)' right under 'Section E' is E(a)
        self.flat.append(
            FlatParagraph(
                number=number,
                heading=text if is_heading else None,
                text="" if is_heading else text,
                inlines=UNSET if is_heading or not inlines else inlines,
                level=level,
                heading_level=(level or min(max(paragraph.heading, 1), 9)) if is_heading else 0,
                indent=max(paragraph.indent, 0),
                is_whole=paragraph.is_whole,
                id=self._id(paragraph.key),
            )
        )
        self.awaits_text = is_heading

    def _id(self, key: str) -> str | None:
        """Return the permanent id that a bookmark carries; a copy of it is a new provision."""
        id_ = self.ids.get(key) or (key.partition("_")[2].replace("_", "-") or None)
        if id_ in self.seen_ids:
            return None
        self.seen_ids.add(id_)
        return id_

    def _cell(self, paragraph: Paragraph, place: Place) -> None:
        if place.table != self.table:
            self._end_table()
            if not self.flat or self.flat[-1].table is not UNSET:
                self.flat.append(FlatParagraph())
            self.table = place.table
        while len(self.rows) <= place.row:
            self.rows.append({})
        said = f"{paragraph.number} {paragraph.text}" if paragraph.number else paragraph.text
        self.rows[place.row].setdefault(place.cell, []).append(said)
        self.awaits_text = False

    def _end_table(self) -> None:
        if self.table < 0:
            return
        empty = self.row_counts[self.table] - len(self.rows)  # rows without a cell say nothing
        self.rows += [{} for _ in range(empty)]
        rows = tuple(
            tuple("\n".join(row.get(cell, ())) for cell in range(max(row, default=-1) + 1))
            for row in self.rows
        )
        self.flat[-1] = replace(self.flat[-1], table=Table(rows))
        self.table, self.rows = -1, []

    def _end_document(self) -> None:
        self._end_table()
        provisions, remarks = outlined(self.flat)
        self.documents.append(Document(self.document, self.title, self.language, provisions))
        self.remarks += [
            f"{self.document}, {self.flat[at].number or self.flat[at].text[:40]}: {what}"
            for at, what in remarks
        ]
        self.flat, self.awaits_text = [], False

    def ended(self) -> ReadCode:
        """Return what was read; a file of ours may hold no document at all."""
        self._end_table()
        if self.has_title or self.flat or not self.is_own:
            self._end_document()
        return ReadCode(Code(tuple(self.documents)), tuple(self.remarks))


def _number(paragraph: Paragraph) -> tuple[str, str, tuple[Inline, ...]]:
    """Return a paragraph's number, counted by Word or typed, and the rest of it with its marks."""
    if paragraph.number:
        return paragraph.number.strip().rstrip(".:"), paragraph.text, paragraph.inlines
    found = number_at_start(paragraph.text)
    if found is None:
        return "", paragraph.text, paragraph.inlines
    number, rest = found
    cut = paragraph.text.rindex(rest) if rest else len(paragraph.text)
    moved = (
        replace(one, start=max(one.start - cut, 0), end=min(one.end - cut, len(rest)))
        for one in paragraph.inlines
        if one.end > cut or (one.start == one.end == cut)
    )
    return number, rest, tuple(moved)
