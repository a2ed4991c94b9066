"""Tables of a Word file as XML, written whole: Word's library takes far longer cell by cell."""

import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from engross.adapters.papers.word_template import (
    CELL_STYLE,
    HEADING_CELL_STYLE,
    TABLE_STYLE,
)
from engross.core.reports.papers import FigureValue, TableBlock
from engross.core.reports.wording import printed_cell

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CELLS_IN_GLANCE = 4
_MANY_COLUMNS = 9
_NARROW, _BROAD = 8, 45
# How many characters stand side by side, and how many the edges of a cell take; what is as
# short as a day (11 Aug 2026) is not parted.
_LINE, _EDGES, _UNPARTED = 100, 2, 12
_WHOLE_WIDTH, _PAGE_TWIPS = 5000, 9638


def clean(text: str) -> str:
    """Return text without the characters that no XML file may hold."""
    return _UNPRINTABLE.sub("", text)


def xml_text(text: str) -> str:
    """Return text as it stands between two tags."""
    return escape(clean(text))


def glance_xml(items: Sequence[tuple[FigureValue, str]], caption: str) -> str:
    """Return the month's main counts as a table of four columns without lines."""
    cells = [_glance_cell(value.shown, words) for value, words in items]
    cells += [_glance_cell("", "")] * (-len(cells) % _CELLS_IN_GLANCE)
    rows = "".join(
        f"<w:tr>{''.join(cells[at : at + _CELLS_IN_GLANCE])}</w:tr>"
        for at in range(0, len(cells), _CELLS_IN_GLANCE)
    )
    shares = [_WHOLE_WIDTH // _CELLS_IN_GLANCE] * _CELLS_IN_GLANCE
    return _tbl(rows, shares, "", caption, look="0000")


def table_xml(block: TableBlock, styles: Mapping[str, str]) -> str:
    """Return a table whose header row is repeated on every page; `styles` are ids by name."""
    printed = [
        [printed_cell(cell, column) for cell, column in zip(row, block.columns, strict=True)]
        for row in block.rows
    ]
    labels = [column.label for column in block.columns]
    shares = _shares([labels, *printed])
    heading, plain_cell = (styles.get(each, "") for each in (HEADING_CELL_STYLE, CELL_STYLE))
    rows = [_row(labels, block, shares, heading, repeated=True)]
    rows += [_row(words, block, shares, plain_cell) for words in printed]
    if block.total is not None:
        total = ["" if cell is None else printed_cell(cell) for cell in block.total]
        rows.append(_row(total, block, shares, heading))
    look = "0460" if block.total is not None else "0420"
    style = styles.get(TABLE_STYLE) or styles.get("Table Grid", "")
    return _tbl("".join(rows), shares, style, block.caption, look=look)


def _shares(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return each column's share of the width, in fiftieths of a per cent.

    A column is as broad as its longest word, so that none is broken; what is left over goes to
    the columns that have more to say.
    """
    columns = list(zip(*rows, strict=True))
    least = [min(_longest_word(column) + _EDGES, _BROAD) for column in columns]
    longest = [max(len(words) for words in column) for column in columns]
    wanted = [
        max(min(max(length, _NARROW), _BROAD), word)
        for length, word in zip(longest, least, strict=True)
    ]
    if sum(wanted) > _LINE > sum(least):
        room = (_LINE - sum(least)) / (sum(wanted) - sum(least))
        widths = [word + room * (each - word) for each, word in zip(wanted, least, strict=True)]
    else:
        widths = [float(each) for each in (least if sum(least) >= _LINE else wanted)]
    return [round(_WHOLE_WIDTH * each / sum(widths)) for each in widths]


def _longest_word(column: Sequence[str]) -> int:
    pieces = (
        piece
        for words in column
        for piece in ([words] if len(words) <= _UNPARTED else words.split())
    )
    return max((len(piece) for piece in pieces), default=0)


def _row(
    words: Sequence[str],
    block: TableBlock,
    shares: Sequence[int],
    style: str,
    *,
    repeated: bool = False,
) -> str:
    small = len(block.columns) > _MANY_COLUMNS
    cells = "".join(
        _cell(each, share, style, right=column.kind.is_number, small=small)
        for each, share, column in zip(words, shares, block.columns, strict=True)
    )
    marked = "<w:tblHeader/>" if repeated else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{marked}</w:trPr>{cells}</w:tr>"


def _tbl(rows: str, shares: Sequence[int], style: str, caption: str, *, look: str) -> str:
    styled = f"<w:tblStyle w:val={quoteattr(style)}/>" if style else ""
    grid = "".join(f'<w:gridCol w:w="{share * _PAGE_TWIPS // _WHOLE_WIDTH}"/>' for share in shares)
    return (
        f"<w:tbl {nsdecls('w', 'r')}><w:tblPr>{styled}"
        f'<w:tblW w:w="{_WHOLE_WIDTH}" w:type="pct"/>'
        f'<w:tblLook w:val="{look}"/><w:tblCaption w:val={quoteattr(clean(caption))}/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(words: str, share: int, style: str, *, right: bool, small: bool) -> str:
    styled = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    aligned = '<w:jc w:val="right"/>' if right else ""
    size = '<w:rPr><w:sz w:val="13"/></w:rPr>' if small else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="pct"/></w:tcPr><w:p>'
        f"<w:pPr>{styled}{aligned}</w:pPr>"
        f'<w:r>{size}<w:t xml:space="preserve">{xml_text(words)}</w:t></w:r></w:p></w:tc>'
    )


def _glance_cell(number: str, words: str) -> str:
    shaded = '<w:shd w:val="clear" w:color="auto" w:fill="F1F2EF"/>' if words else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_WHOLE_WIDTH // _CELLS_IN_GLANCE}" w:type="pct"/>'
        f"{shaded}</w:tcPr>"
        '<w:p><w:pPr><w:spacing w:before="80" w:after="0"/></w:pPr><w:r><w:rPr><w:b/>'
        f'<w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">{xml_text(number)}</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:spacing w:after="80"/></w:pPr><w:r><w:rPr><w:sz w:val="16"/></w:rPr>'
        f'<w:t xml:space="preserve">{xml_text(words)}</w:t></w:r></w:p></w:tc>'
    )
