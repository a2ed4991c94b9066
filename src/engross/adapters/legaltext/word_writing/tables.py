"""Tables with rows and cells kept, put in, taken out and changed."""

from collections.abc import Sequence

from engross.adapters.legaltext.word_writing.paragraphs import ParagraphWriter
from engross.adapters.legaltext.word_writing.stretches import stretches
from engross.core.legaltext.change_sets import TextEdit
from engross.core.legaltext.changing.tables import table_edits
from engross.core.legaltext.marks import edited_text
from engross.core.legaltext.provisions import Table

Row = Sequence[str]
_REVISION = {"inserted": "ins", "deleted": "del", "moved-from": "del", "moved-to": "ins"}
_FATES = {"ins": "inserted", "del": "deleted", "": "kept"}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_LEFT, _WIDTH = 1134, 8504  # as the text of a clause, in twentieths of a point


class TableWriter:
    """Writes the tables of one file."""

    def __init__(self, paragraphs: ParagraphWriter) -> None:
        self.paragraphs = paragraphs
        self.runs = paragraphs.runs

    def whole(self, table: Table, fate: str) -> str:
        """Return a table with one fate. Moved rows go and come: Word has no move for them."""
        revision = _REVISION.get(fate, "")
        rows = [self._row(row, revision) for row in table.rows]
        return self.paragraphs.empty("EngrossSpace") + _table(table.rows, rows)

    def changed(self, old: Table, new: Table) -> str:
        """Return a table with what changed between two."""
        row_edits, cell_edits = table_edits(old, new)
        cells: dict[int, dict[int, tuple[TextEdit, ...]]] = {}
        for row, column, edits in cell_edits:
            cells.setdefault(row, {})[column] = edits
        found: list[str] = []
        at = 0
        for row, gone, put in (*row_edits, (len(old.rows), (), ())):
            found.extend(self._kept(old.rows[n], cells.get(n, {})) for n in range(at, row))
            found.extend(self._row(line, "del") for line in gone)
            found.extend(self._row(line, "ins") for line in put)
            at = row + len(gone)
        return self.paragraphs.empty("EngrossSpace") + _table((*old.rows, *new.rows), found)

    def _kept(self, row: Row, changes: dict[int, tuple[TextEdit, ...]]) -> str:
        cells = []
        for column, cell in enumerate(row):
            edits = changes.get(column)
            if edits:
                content = self.runs.changed(stretches(cell, edited_text(cell, edits)))
            else:
                content = self.runs.whole(cell, ())
            cells.append(_cell(self.paragraphs.styled("EngrossCell", content)))
        return f"<w:tr>{''.join(cells)}</w:tr>"

    def _row(self, row: Row, revision: str) -> str:
        cells = []
        for cell in row:
            content = self.runs.whole(cell, (), fate=revision)
            cells.append(_cell(self.paragraphs.styled("EngrossCell", content, _FATES[revision])))
        mark = f"<w:{revision} {self.runs.revisions.next()}/>" if revision else ""
        properties = f"<w:trPr>{mark}</w:trPr>" if mark else ""
        return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _cell(content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{content}</w:tc>'


def _table(rows: Sequence[Row], written: list[str]) -> str:
    if not written:
        return ""
    columns = max((len(row) for row in rows), default=1) or 1
    grid = f'<w:gridCol w:w="{_WIDTH // columns}"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblInd w:w="{_LEFT}" '
        f'w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"
    )
