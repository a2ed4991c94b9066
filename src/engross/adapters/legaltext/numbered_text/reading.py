"""Numbered text and Markdown read into documents; nothing is lost, what is odd gets a remark."""

from typing import NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from engross.adapters.legaltext.numbered_text import lines
from engross.adapters.legaltext.numbered_text.lines import NO_HINT, Hint
from engross.adapters.legaltext.numbered_text.marks import Marked, read_marks
from engross.adapters.legaltext.numbered_text.raw_lines import (
    RawLine,
    is_marked_up,
    joined_by_backslash,
    raw_lines,
    unwrapped,
    without_front_matter,
)
from engross.core.legaltext.outlines import FlatParagraph, outlined
from engross.core.legaltext.provisions import Code, Document, Table, root_label

_LONGEST_HEADING = 120


class ReadText(NamedTuple):
    """A text, and what was odd in its file, each with the line: 'line 7: …'."""

    code: Code
    remarks: list[str]


def read_numbered_text(content: str, *, name: str, is_markdown: bool | None = None) -> ReadText:
    """Return the documents of a text; `name` is what one is called that does not say.

    `is_markdown` is found out where it is not given.
    """
    reader = _Reader(
        name, is_markdown=is_marked_up(content) if is_markdown is None else is_markdown
    )
    taken = raw_lines(content)
    if reader.is_markdown:
        text, reader.title = without_front_matter(taken)
        if len(text) < len(taken):
            end = len(taken) - len(text)
            reader.remarks.append(f"lines 1 to {end}: what stands before the text is left out")
        taken = joined_by_backslash(text)
    taken, width = unwrapped(taken)
    if width:
        reader.remarks.append(f"the lines were wrapped at {width} characters: joined")
    reader.read(taken)
    return ReadText(Code(tuple(reader.documents)), reader.remarks)


class _Reader:
    """Takes a file line by line."""

    def __init__(self, name: str, *, is_markdown: bool) -> None:
        self.name, self.is_markdown = name, is_markdown
        self.documents: list[Document] = []
        self.remarks: list[str] = []
        self.notes: dict[str, str] = {}
        self.used: set[str] = set()
        self.hint = NO_HINT
        self._begin(name, "")
        self.has_title = False

    def _begin(self, document: str, title: str, language: str = "en") -> None:
        self.document, self.title, self.language = document, title, language
        self.flat: list[FlatParagraph] = []
        self.places: list[int] = []
        self.rows: list[tuple[str, ...]] = []
        self.awaits_text = False

    def read(self, taken: list[RawLine]) -> None:
        """Read every line."""
        if self.is_markdown:
            taken = self._without_notes(taken)
        following = [""] * len(taken)
        for place in range(len(taken) - 2, -1, -1):
            following[place] = taken[place + 1][1].strip() or following[place + 1]
        for (at, raw), after in zip(taken, following, strict=True):
            self._take(raw, at, after)
        for note in sorted(self.notes.keys() - self.used):
            self.remarks.append(f"nothing refers to the footnote {note}: it is a paragraph")
            self._add(FlatParagraph(text=f"[^{note}]: {self.notes[note]}"), 0)
        self._end_document()

    def _without_notes(self, taken: list[RawLine]) -> list[RawLine]:
        """Return lines without the texts of footnotes, and keep those."""
        kept = []
        for at, raw in taken:
            if (note := lines.NOTE.fullmatch(raw)) and note[1] not in self.notes:
                self.notes[note[1]] = read_marks(note[2]).text
            else:
                kept.append((at, raw))
        return kept

    def _take(self, raw: str, at: int, following: str) -> None:
        if not raw.strip():
            self._end_table()
        elif self.is_markdown and (comment := lines.COMMENT.fullmatch(raw)):
            self._end_table()
            self._take_comment(comment[1], at)
        elif lines.ROW.fullmatch(raw):
            self._take_row(raw, at)
        elif self.is_markdown and (heading := lines.HEADING.fullmatch(raw)):
            self._end_table()
            self._take_heading(len(heading[1]), heading[2] or "", at)
        elif not self.is_markdown and self._is_title(raw.strip(), following):
            self._start(*lines.title_in(raw.strip(), self.name, is_markdown=False))
        else:
            self._end_table()
            self._take_paragraph(raw, at)

    def _is_title(self, raw: str, following: str) -> bool:
        """Return whether a line of plain text is a title: the first, or above its first clause."""
        if not lines.names_a_document(raw):
            return False
        document, _ = lines.title_in(raw, self.name, is_markdown=False)
        if not self.has_title:
            return not self.flat
        letter = root_label(document)
        is_clause = following.removeprefix(letter)[:1].isdecimal() and following.startswith(letter)
        return is_clause and self._is_new(document)

    def _is_new(self, document: str) -> bool:
        """Return whether a title begins a document: not below text without one, nor twice."""
        if not self.has_title:
            return not self.flat
        return document not in [self.document, *(each.document for each in self.documents)]

    def _take_comment(self, comment: str, at: int) -> None:
        hint = lines.hint_in(comment)
        if hint is None:
            self.remarks.append(f"line {at}: a comment is left out")
            return
        if hint.language:
            self.language = hint.language
            hint = hint._replace(language="")
        if hint.is_empty:
            self._add(FlatParagraph(level=hint.level), at)
            hint = NO_HINT
        self.hint = hint

    def _take_row(self, raw: str, at: int) -> None:
        if len(self.rows) == 1 and lines.RULE.fullmatch(raw):
            return
        if not self.rows and (not self.flat or self.flat[-1].table is not UNSET):
            self._add(FlatParagraph(level=self.hint.level), at)
        self.rows.append(lines.cells_of(raw, is_markdown=self.is_markdown))
        self.awaits_text = False

    def _end_table(self) -> None:
        if self.rows:
            self.flat[-1] = replace(self.flat[-1], table=Table(tuple(self.rows)))
            self.rows = []

    def _take_heading(self, depth: int, raw: str, at: int) -> None:
        hint = self._used_hint()
        line = lines.read_line(raw, hint, {}, is_markdown=True)
        if hint.is_document or (depth == 1 and not line.number and hint == NO_HINT):
            title = lines.title_in(raw, self.name, is_markdown=True)
            if self._is_new(title[0]):
                self._start(*title)
                return
        self._add(heading_paragraph(line, hint, depth), at)
        self.awaits_text = True
        if line.words.inlines:
            self.remarks.append(f"line {at}: marks in a heading are left out")

    def _take_paragraph(self, raw: str, at: int) -> None:
        hint = self._used_hint()
        line = lines.read_line(raw, hint, self.notes, is_markdown=self.is_markdown)
        self.used.update(line.words.notes)
        if self.awaits_text and not line.number and not hint.level:
            words = line.words
            self.flat[-1] = replace(self.flat[-1], text=words.text, inlines=words.inlines)
            self.awaits_text = False
            return
        self._add(body_paragraph(line, hint, is_markdown=self.is_markdown), at)
        self.awaits_text = self.flat[-1].heading is not None

    def _used_hint(self) -> Hint:
        hint, self.hint = self.hint, NO_HINT
        return hint

    def _add(self, paragraph: FlatParagraph, at: int) -> None:
        self.flat.append(paragraph)
        self.places.append(at)
        self.awaits_text = False

    def _start(self, document: str, title: str) -> None:
        """Begin a document, and end the one before it."""
        if self.has_title:
            self._end_document()
            self.language = "en"
        self._begin(document, title, self.language)
        self.has_title = True

    def _end_document(self) -> None:
        self._end_table()
        provisions, remarks = outlined(self.flat)
        self.documents.append(Document(self.document, self.title, self.language, provisions))
        self.remarks += [f"line {self.places[at]}: {what}" for at, what in remarks]


def heading_paragraph(line: lines.Line, hint: Hint, depth: int) -> FlatParagraph:
    """Return what a heading of Markdown is; `depth` is how many '#' it has."""
    return FlatParagraph(
        number=line.number,
        heading=line.words.text or None,
        level=hint.level,
        heading_level=max(1, depth - 1),
        is_whole=hint.number is not None,
    )


def body_paragraph(line: lines.Line, hint: Hint, *, is_markdown: bool) -> FlatParagraph:
    """Return what a line is that is neither title nor heading; in plain text it may be one."""
    heading = None
    words = line.words
    if not is_markdown and line.number and _is_heading(line.number, words.text):
        heading, words = words.text, Marked("")
    return FlatParagraph(
        number=line.number,
        heading=heading,
        text=words.text,
        inlines=words.inlines,
        level=hint.level,
        indent=line.indent,
        is_whole=hint.number is not None,
    )


def _is_heading(number: str, words: str) -> bool:
    """Return whether a numbered line of plain text is a heading: short, and not a sentence."""
    if not words or len(words) > _LONGEST_HEADING or number.endswith(")") or words[0] == "[":
        return False
    if words[-1] in ".;:,—" or words.endswith((" and", " or", " means")):
        return False
    return words[0].isupper()
