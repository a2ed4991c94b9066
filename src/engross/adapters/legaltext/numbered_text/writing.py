"""Documents written as Markdown that reads back the same, and as plain lines for people."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from engross.adapters.legaltext.numbered_text import lines, reading
from engross.adapters.legaltext.numbered_text.lines import NO_HINT, Hint
from engross.adapters.legaltext.numbered_text.marks import (
    escaped,
    escaped_cell,
    sorted_marks,
    written_marks,
)
from engross.core.legaltext.list_labels import following_labels
from engross.core.legaltext.outlines import (
    FlatParagraph,
    Outline,
    Placed,
    paragraphs_of,
)
from engross.core.legaltext.provisions import (
    Code,
    Document,
    Provision,
    Table,
    own_label,
    provisions_of,
)


class Written(NamedTuple):
    """Markdown, and what of the text it does not carry."""

    content: str
    losses: list[str]


def plain_lines(code: Code) -> Iterator[str]:
    """Yield a text for people: one paragraph a line, its whole number first."""
    for document in code.documents:
        if document.title:
            yield f"{document.document}: {document.title}"
        elif lines.names_a_document(document.document) or len(code.documents) > 1:
            yield document.document
        for paragraph in paragraphs_of(document):
            yield from _plain_paragraph(paragraph)


def written_plain(code: Code) -> Written:
    """Return a text as plain lines, one paragraph each; what they cannot carry is told."""
    content = "".join([f"{line}\n" for line in plain_lines(code)])
    marked = sum(1 for each in provisions_of(code) if each.inlines)
    losses = [f"the marks over {marked} paragraph{'s' * (marked != 1)}"] if marked else []
    read = reading.read_numbered_text(content, name="", is_markdown=False).code
    again = {document.document: document.provisions for document in read.documents}
    for document in code.documents:
        bare = _carried(document, marks=False).provisions
        if loss := _loss(bare, again.get(document.document, None if bare else bare)):
            losses.append(f"{document.document}: {loss}")
    return Written(content, losses)


def _loss(written: tuple[Provision, ...], read: tuple[Provision, ...] | None) -> str:
    """Return what of a document plain lines do not say, by what is read from them again."""
    if written == read:
        return ""
    if read is None:
        return "what the document is called"
    if _shape(written) == _shape(read):
        return "which words are a heading, where nothing but their place says it"
    return "what stands under what, where numbers do not say it"


def _shape(provisions: tuple[Provision, ...]) -> tuple[object, ...]:
    return tuple((each.number, _shape(each.children)) for each in provisions)


def _plain_paragraph(paragraph: FlatParagraph) -> Iterator[str]:
    texts = [paragraph.heading, paragraph.text]
    words = [" ".join(each.splitlines()).strip() for each in texts if each]
    words = [each for each in words if each]
    if paragraph.number:
        yield f"{paragraph.number} {words[0]}" if words else paragraph.number
        words = words[1:]
    yield from (lines.guarded(each) for each in words)
    if paragraph.table:
        for row in paragraph.table.rows:
            cells = (" ".join(cell.replace("|", "\\|").splitlines()).strip() for cell in row)
            yield f"| {' | '.join(cells)} |"


def written_markdown(code: Code) -> Written:
    """Return a text as Markdown; what it cannot carry is told, ids apart."""
    written = []
    losses: list[str] = []
    for document in code.documents:
        content, lost = _written_document(document)
        written.append(content)
        losses += [f"{document.document}: {each}" for each in lost]
    return Written("\n".join(written), losses)


def _written_document(document: Document) -> tuple[str, list[str]]:
    """Return a document that reads back as it is, with short labels where those are clear."""
    expected = _carried(document)
    written = Written("", [])
    for labels in (True, False):
        writer = _Writer(document, labels=labels)
        written = Written(writer.written(), writer.losses)
        read = reading.read_numbered_text(written.content, name="", is_markdown=True).code
        if written.losses or read.documents == (expected,):
            return written
    return Written(written.content, ["it does not read back as it is"])


def _carried(document: Document, *, marks: bool = True) -> Document:
    """Return a document without ids, its marks in order or without them: what is to come back."""

    def bare(provision: Provision) -> Provision:
        return replace(
            provision,
            id=None,
            inlines=sorted_marks(provision.inlines) if marks else UNSET,
            children=tuple(bare(child) for child in provision.children),
        )

    return replace(document, provisions=tuple(bare(each) for each in document.provisions))


class _Writer:
    """Writes paragraphs in turn, and asks an outline where a reader would put each."""

    def __init__(self, document: Document, *, labels: bool) -> None:
        self.document, self.labels = document, labels
        self.outline = Outline()
        self.open: list[FlatParagraph] = []
        self.notes: dict[str, str] = {}
        self.notes_written = 0
        self.blocks: list[str] = []
        self.losses: list[str] = []
        self.awaits_text = False

    def written(self) -> str:
        self._write_title()
        flat = list(paragraphs_of(self.document))
        labels = [self._label(each) if self.labels else each.number for each in flat]
        for paragraph, following in zip(flat, following_labels(labels), strict=True):
            self._write(paragraph, following)
        return "\n\n".join(self.blocks) + "\n"

    def _label(self, paragraph: FlatParagraph) -> str:
        del self.open[paragraph.level - 1 :]
        above = self.open[-1].number if self.open else ""
        self.open.append(paragraph)
        rest, is_under = own_label(paragraph.number, above)
        return rest if is_under and rest.startswith("(") else paragraph.number

    def _write_title(self) -> None:
        document = self.document
        name = escaped(document.document).replace(":", "\\:")
        title = f"# {name}: {escaped(document.title)}".rstrip()
        if lines.read_line(title[2:], NO_HINT, {}, is_markdown=True).number:
            self.blocks.append(str(Hint(is_document=True)))
        self.blocks.append(title)
        if document.language != "en":
            self.blocks.append(str(Hint(language=document.language)))

    def _write(self, paragraph: FlatParagraph, following: str) -> None:
        says = bool(paragraph.text or paragraph.inlines)
        if paragraph.heading == "":
            self._lose(paragraph, "an empty heading")
        if not (paragraph.number or paragraph.heading or says):
            self._settle(paragraph, FlatParagraph(level=paragraph.level))
            self.blocks.append(str(Hint(level=paragraph.level, is_empty=True)))
        else:
            self._write_line(paragraph, following)
        if paragraph.heading and says:
            self._write_own_text(paragraph)
        if paragraph.table is not UNSET:
            self._write_table(paragraph, paragraph.table)
        self.awaits_text = bool(paragraph.heading) and not (says or paragraph.table)

    def _write_line(self, paragraph: FlatParagraph, following: str) -> None:
        """Write the first line of a paragraph with as little said about it as reads back right."""
        marks = "#" * min(paragraph.level + 1, 6) + " " if paragraph.heading else ""
        words = escaped(paragraph.heading) if paragraph.heading else self._words(paragraph)
        for number, hint in self._ways(paragraph):
            printed = escaped(number) if hint.number else number
            raw = f"{printed} {words}".strip() if number else words
            read = self._as_read(raw, hint, len(marks.strip()))
            if self.awaits_text and not (read.number or hint.level or marks):
                continue
            placed = self.outline.place_of(read, following)
            if self._is_right(paragraph, read, placed):
                self.outline.add(read, placed)
                self.blocks += [str(hint)] * (hint != NO_HINT) + [marks + raw]
                self._write_notes()
                return
        self._lose(paragraph, "its number")
        self._settle(paragraph, paragraph)
        self.blocks.append(marks + words)

    def _ways(self, paragraph: FlatParagraph) -> Iterator[tuple[str, Hint]]:
        """Yield how a number may be printed and what is said before it, the shortest first."""
        number = paragraph.number
        above = self._number_above(paragraph.level)
        rest, is_under = own_label(number, above)
        labels = [rest] if self.labels and is_under and rest.startswith("(") else []
        for hint in (NO_HINT, Hint(level=paragraph.level)):
            for printed in [*labels, number]:
                yield printed, hint
        yield number, Hint(number=number)
        yield number, Hint(level=paragraph.level, number=number)

    def _number_above(self, level: int) -> str:
        return self.outline.number_at(level - 1)

    def _as_read(self, raw: str, hint: Hint, depth: int) -> FlatParagraph:
        line = lines.read_line(raw, hint, self.notes, is_markdown=True)
        if depth:
            return reading.heading_paragraph(line, hint, depth)
        return reading.body_paragraph(line, hint, is_markdown=True)

    @staticmethod
    def _is_right(paragraph: FlatParagraph, read: FlatParagraph, placed: Placed) -> bool:
        wanted = paragraph.heading or paragraph.text
        return (placed.depth, placed.number) == (paragraph.level, paragraph.number) and (
            read.heading or read.text
        ) == wanted

    def _settle(self, paragraph: FlatParagraph, read: FlatParagraph) -> None:
        self.outline.add(read, Placed(paragraph.level, paragraph.number))

    def _write_own_text(self, paragraph: FlatParagraph) -> None:
        raw = self._words(paragraph)
        for hint in (NO_HINT, Hint(number="")):
            read = self._as_read(raw, hint, 0)
            if not read.number and read.text == paragraph.text:
                self.blocks += [str(hint)] * (hint != NO_HINT) + [raw]
                self._write_notes()
                return

    def _words(self, paragraph: FlatParagraph) -> str:
        """Return a text with its marks; without them, and told, where Markdown cannot say them."""
        raw = written_marks(paragraph.text, paragraph.inlines, self.notes)
        if raw is None:
            kinds = sorted({inline.kind for inline in paragraph.inlines or ()})
            self._lose(paragraph, f"marks ({', '.join(kinds)})")
            return escaped(paragraph.text)
        return raw

    def _write_notes(self) -> None:
        new = list(self.notes.items())[self.notes_written :]
        self.blocks += [f"[^{name}]: {escaped(note)}" for name, note in new]
        self.notes_written = len(self.notes)

    def _write_table(self, paragraph: FlatParagraph, table: Table) -> None:
        if not table.rows or not all(table.rows):
            self._lose(paragraph, "a table or a row without cells")
            return
        rows = [f"| {' | '.join(map(_cell, row))} |" for row in table.rows]
        self.blocks.append("\n".join([rows[0], "|" + " --- |" * len(table.rows[0]), *rows[1:]]))

    def _lose(self, paragraph: FlatParagraph, what: str) -> None:
        place = paragraph.number or "an unnumbered paragraph"
        self.losses.append(f"{what} of {place}" if what[:3] != "its" else f"{what}, {place}")


def _cell(cell: str) -> str:
    return "<br>".join(escaped_cell(line) for line in cell.split("\n"))
