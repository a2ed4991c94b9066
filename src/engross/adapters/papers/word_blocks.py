"""A paper's blocks as paragraphs, tables and pictures of Word, at one place of a document."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu
from docx.text.paragraph import Paragraph as WordParagraph

from engross.adapters.papers.charts import DrawnChart
from engross.adapters.papers.word_tables import clean, glance_xml, table_xml, xml_text
from engross.core.reports.numbering import target_of
from engross.core.reports.papers import (
    Block,
    Bullets,
    ChartBlock,
    CrossReference,
    Emphasis,
    FigureValue,
    Glance,
    Heading,
    Inline,
    Inlines,
    Link,
    Note,
    Paragraph,
    Strong,
    TableBlock,
    Text,
    plain,
)


class WordWriter:
    """Writes blocks before one paragraph of a document, which goes when all is written."""

    def __init__(
        self, document: WordDocument, place: WordParagraph, charts: Mapping[str, DrawnChart]
    ) -> None:
        self._document = document
        self._place = place
        self._charts = charts
        self._style_ids = {str(each.name): str(each.style_id) for each in document.styles}
        self._bookmarks = 0

    def finish(self) -> None:
        """Take away the paragraph that marked the place."""
        parent = self._place._p.getparent()
        if parent is not None:
            parent.remove(self._place._p)

    def blocks(self, blocks: Sequence[Block], *, depth: int = 0) -> None:
        """Write blocks in order; `depth` is how many lists they stand in."""
        for block in blocks:
            match block:
                case Heading():
                    self.heading(block)
                case Paragraph():
                    self._paragraph(block.inlines, "Normal")
                case Note():
                    self._paragraph(block.inlines, "Paper Note")
                case Bullets():
                    self._bullets(block, depth)
                case TableBlock():
                    self._table(block)
                case ChartBlock():
                    self._chart(block)
                case Glance():
                    self._glance(block)

    def heading(self, block: Heading) -> None:
        """Write a heading in Word's own heading style, so that it shows in the outline."""
        number = (Text(f"{block.number}  "),) if block.number else ()
        paragraph = self._paragraph((*number, *block.inlines), f"Heading {block.level}")
        self._bookmark(paragraph, target_of(block))

    def contents(self, place: WordParagraph, headings: Sequence[Heading]) -> None:
        """Put a table of contents at a paragraph, filled now and kept up to date by Word."""
        entries = [each for each in headings if each.level <= 2]
        lines = "".join(
            f"{'<w:br/>' if at else ''}<w:t xml:space='preserve'>{xml_text(_entry(each))}</w:t>"
            for at, each in enumerate(entries)
        )
        field = '<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        runs = (
            field.format(kind="begin")
            + r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>'
            + field.format(kind="separate")
            + f"<w:r>{lines}</w:r>"
            + field.format(kind="end")
        )
        for child in list(place._p):
            if child.tag != qn("w:pPr"):
                place._p.remove(child)
        place._p.extend(list(parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>")))

    def rows(self, block: TableBlock) -> None:
        """Write the rows of a table under a header row that is repeated on every page."""
        self._place._p.addprevious(parse_xml(table_xml(block, self._style_ids)))
        self._paragraph((), "Paper Remark")

    def remark(self, words: str) -> None:
        """Write a small remark."""
        self._paragraph((Text(words),), "Paper Remark")

    def _paragraph(self, inlines: Inlines, style: str) -> WordParagraph:
        # Built here: Word's library looks through all styles again for each paragraph.
        named = self._style_ids.get(style, "")
        marked = f"<w:pPr><w:pStyle w:val={quoteattr(named)}/></w:pPr>" if named else ""
        element: Any = parse_xml(f"<w:p {nsdecls('w')}>{marked}</w:p>")
        self._place._p.addprevious(element)
        made = WordParagraph(element, self._place._parent)
        for each in inlines:
            self._inline(made, each)
        return made

    def _inline(
        self, paragraph: WordParagraph, inline: Inline, *, bold: bool = False, italic: bool = False
    ) -> None:
        match inline:
            case Text(text) | FigureValue(_, text):
                run = paragraph.add_run(clean(text))
                run.bold, run.italic = bold or None, italic or None
            case Strong(inlines):
                for each in inlines:
                    self._inline(paragraph, each, bold=True, italic=italic)
            case Emphasis(inlines):
                for each in inlines:
                    self._inline(paragraph, each, bold=bold, italic=True)
            case CrossReference(target, shown):
                anchor = f"w:anchor={quoteattr(_bookmark_name(target))}"
                paragraph._p.append(_hyperlink(anchor, shown))
            case Link(address, inlines):
                anchor = f'r:id="{self._relation(address)}"'
                paragraph._p.append(_hyperlink(anchor, plain(inlines), underline=True))

    def _relation(self, address: str) -> str:
        kind = RELATIONSHIP_TYPE.HYPERLINK
        return str(self._document.part.relate_to(address, kind, is_external=True))

    def _bullets(self, block: Bullets, depth: int) -> None:
        name = "List Number" if block.is_ordered else "List Bullet"
        style = (
            f"{name} {depth + 1}" if depth and f"{name} {depth + 1}" in self._style_ids else name
        )
        for item in block.items:
            for at, each in enumerate(item):
                if isinstance(each, Paragraph):
                    made = self._paragraph(each.inlines, style if at == 0 else "List Continue")
                    if at and "List Continue" not in self._style_ids:
                        made.paragraph_format.left_indent = Emu(360_000)
                else:
                    self.blocks([each], depth=depth + 1)

    def _table(self, block: TableBlock) -> None:
        title = f"Table {block.number}. {block.caption}"
        if not block.is_known or not block.rows:
            said = block.empty if block.is_known else "no records are kept."
            words = (Strong((Text(f"{title}: "),)), Text(said))
            self._bookmark(self._paragraph(words, "Normal"), target_of(block))
            return
        self._bookmark(self._paragraph((Text(title),), "Caption"), target_of(block))
        table = parse_xml(table_xml(block, self._style_ids))
        self._link_rows(table, block)
        self._place._p.addprevious(table)
        self._paragraph((Text(" ".join(block.notes)),), "Paper Remark")

    def _link_rows(self, table: object, block: TableBlock) -> None:
        rows = table.findall(qn("w:tr"))[1:]  # type: ignore[attr-defined]
        for row, address in zip(rows, block.links, strict=False):
            if address.startswith(("http://", "https://")):
                paragraph = row.find(qn("w:tc")).find(qn("w:p"))
                run = paragraph.find(qn("w:r"))
                words = run.text
                paragraph.remove(run)
                anchor = f'r:id="{self._relation(address)}"'
                paragraph.append(_hyperlink(anchor, words, underline=True))

    def _chart(self, block: ChartBlock) -> None:
        title = f"Figure {block.number}. {block.caption}"
        drawn = self._charts.get(block.number)
        if drawn is None:
            words = (Strong((Text(f"{title}: "),)), Text("no records are kept."))
            self._bookmark(self._paragraph(words, "Normal"), target_of(block))
            return
        self._bookmark(self._paragraph((Text(title),), "Caption"), target_of(block))
        paragraph = self._paragraph((), "Normal")
        picture = paragraph.add_run().add_picture(io.BytesIO(drawn.png), width=self._width())
        described = picture._inline.docPr
        described.set("descr", clean(f"{block.alt} {drawn.note}".strip()))
        described.set("title", clean(block.caption))

    def _width(self) -> Emu:
        section = self._document.sections[0]
        page, left, right = section.page_width, section.left_margin, section.right_margin
        if page is None or left is None or right is None:
            return Emu(5_900_000)
        return Emu(page - left - right)

    def _glance(self, block: Glance) -> None:
        title = f"Figure {block.number}. {block.caption}"
        self._bookmark(self._paragraph((Text(title),), "Caption"), target_of(block))
        self._place._p.addprevious(parse_xml(glance_xml(block.items, block.caption)))
        self._paragraph((), "Paper Remark")

    def _bookmark(self, paragraph: WordParagraph, target: str) -> None:
        if not target:
            return
        self._bookmarks += 1
        number, name = self._bookmarks, quoteattr(_bookmark_name(target))
        start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name={name}/>')
        end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>')
        runs = [child for child in paragraph._p if child.tag != qn("w:pPr")]
        (runs[0].addprevious if runs else paragraph._p.append)(start)
        paragraph._p.append(end)


def _hyperlink(anchor: str, words: str, *, underline: bool = False) -> Any:
    marked = '<w:rPr><w:u w:val="single"/></w:rPr>' if underline else ""
    return parse_xml(
        f"<w:hyperlink {nsdecls('w', 'r')} {anchor}><w:r>{marked}"
        f'<w:t xml:space="preserve">{xml_text(words)}</w:t></w:r></w:hyperlink>'
    )


def _entry(heading: Heading) -> str:
    indent = "    " * (heading.level - 1)
    number = f"{heading.number}  " if heading.number else ""
    return f"{indent}{number}{plain(heading.inlines)}"


def _bookmark_name(target: str) -> str:
    return re.sub("[^A-Za-z0-9_]", "_", target)[:40]
