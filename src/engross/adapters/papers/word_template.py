"""The Word template that a code starts with, for its organisation to restyle in Word.

The styles that a paper uses are Title, Subtitle, Heading 1 to 3, Caption, List Bullet,
List Number, `Paper Note`, `Paper Remark`, `Paper Cell`, `Paper Heading Cell` and the table style
`Paper Table`. The fields in braces may be moved anywhere; the paragraph `{{ body }}` is where
the paper's text goes.
"""

import io
from functools import cache
from pathlib import Path
from typing import IO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from engross.adapters.papers.charts import PaperTheme

# On every desk: a face that is missing there would be replaced by any other.
FONT = "Arial"
BODY_FIELD = "{{ body }}"
CONTENTS_FIELD = "{{ contents }}"
TABLE_STYLE = "Paper Table"
CELL_STYLE, HEADING_CELL_STYLE = "Paper Cell", "Paper Heading Cell"
_WIDTH_CM = 17.0


def write_default_word_template(
    target: Path | IO[bytes], *, theme: PaperTheme | None = None, font: str = FONT
) -> None:
    """Write the Word template of a new code, with every style and field that a paper uses."""
    theme = theme or PaperTheme()
    document = Document()
    _page(document)
    _styles(document, theme, font)
    _furniture(document)
    _first_page(document)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.save(str(target) if isinstance(target, Path) else target)


@cache
def default_word_template() -> bytes:
    """Return the plain template as bytes, for a code that has none of its own."""
    target = io.BytesIO()
    write_default_word_template(target)
    return target.getvalue()


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - _WIDTH_CM) / 2)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.4)


def _styles(document: WordDocument, theme: PaperTheme, font: str) -> None:
    _named(document, "Normal", font, 10, theme.ink, after=6)
    _named(document, "Title", font, 26, theme.accent, bold=True, after=2)
    _named(document, "Subtitle", font, 15, theme.ink, after=10)
    _named(document, "Heading 1", font, 15, theme.accent, bold=True, before=18, after=6)
    _named(document, "Heading 2", font, 12, theme.ink, bold=True, before=14, after=4)
    _named(document, "Heading 3", font, 10.5, theme.ink, bold=True, before=10, after=4)
    _named(document, "Caption", font, 9, theme.ink, bold=True, before=10, after=4)
    for name in ("List Bullet", "List Number", "Header", "Footer"):
        _named(document, name, font, 10 if name.startswith("List") else 8, theme.ink, after=3)
    _named(document, "Paper Note", font, 10, theme.ink, before=6, after=6).base_style = None
    _named(document, "Paper Remark", font, 8, theme.muted, italic=True, before=3, after=8)
    _named(document, CELL_STYLE, font, 8.5, theme.ink, before=1.5, after=1.5)
    _named(document, HEADING_CELL_STYLE, font, 8.5, theme.ink, bold=True, before=1.5, after=1.5)
    title = document.styles["Title"].element
    for spacing in document.styles["Subtitle"].element.findall(
        f".//{qn('w:rPr')}/{qn('w:spacing')}"
    ):
        spacing.getparent().remove(spacing)
    for border in title.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    _add_table_style(document, theme)
    _set_language(document)


def _named(
    document: WordDocument,
    name: str,
    font: str,
    points: float,
    colour: str,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    names = {style.name for style in document.styles}
    if name not in names:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"'{name}' is no style of paragraphs")
    style.font.name, style.font.size = font, Pt(points)
    style.font.bold, style.font.italic = bold or None, italic or None
    style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme_font in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme_font}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = name.startswith("Heading") or name == "Caption"
    return style


def _add_table_style(document: WordDocument, theme: PaperTheme) -> None:
    ink, hairline, sunk = (
        each.removeprefix("#") for each in (theme.ink, theme.hairline, theme.sunk)
    )
    line = '<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
    thick = {side: line.format(side=side, size=8, colour=ink) for side in ("top", "bottom")}
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="PaperTable">'
            f'<w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
            f"<w:tblPr><w:tblBorders>{thick['top']}"
            f"{line.format(side='bottom', size=4, colour=hairline)}"
            f"{line.format(side='insideH', size=4, colour=hairline)}</w:tblBorders>"
            '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>"
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
            f"{thick['bottom']}</w:tcBorders></w:tcPr></w:tblStylePr>"
            '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{sunk}"/></w:tcPr></w:tblStylePr>'
            "</w:style>"
        )
    )


def _set_language(document: WordDocument) -> None:
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")


def _furniture(document: WordDocument) -> None:
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for name in ("Header", "Footer"):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            style.paragraph_format.tab_stops.clear_all()
    for paragraph in (header, footer):
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    header.add_run("{{ reference }}  {{ full_title }}")
    header.add_run("\t")
    header.add_run("{{ class_name }}").bold = True
    footer.add_run("{{ class_name }}. {{ class_sentence }}")
    footer.add_run("\tPage ")
    add_field(footer, "PAGE")
    footer.add_run(" of ")
    add_field(footer, "NUMPAGES")


def _first_page(document: WordDocument) -> None:
    document.add_paragraph("{{ organisation }}")
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{{ month }}", style="Subtitle")
    facts = document.add_table(rows=3, cols=2)
    facts.autofit = False
    widths = Cm(4), Cm(_WIDTH_CM - 4)
    facts.columns[0].width, facts.columns[1].width = widths
    for row, (left, right) in enumerate(
        [
            ("{%tr for fact in facts %}", ""),
            ("{{ fact.name }}", "{{ fact.words }}"),
            ("{%tr endfor %}", ""),
        ]
    ):
        cells = facts.rows[row].cells
        cells[0].width, cells[1].width = widths
        cells[0].text, cells[1].text = left, right
        for cell in cells:
            cell.paragraphs[0].style = document.styles[CELL_STYLE]
    document.add_paragraph()
    document.add_paragraph(CONTENTS_FIELD)
    document.add_paragraph(BODY_FIELD)


def add_field(paragraph: Paragraph, instruction: str, shown: str = "1") -> None:
    """Add a field that Word computes, such as PAGE, with what stands there until it does."""
    words = f" {instruction} "
    for kind in ("begin", "instr", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else None)
        if kind == "instr":
            run._r.append(
                parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve">{words}</w:instrText>')
            )
        elif kind != "shown":
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
