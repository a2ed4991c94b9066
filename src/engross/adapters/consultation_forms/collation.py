"""The answers to a consultation side by side, as Word."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.oxml import parse_xml

from engross.adapters.consultation_forms.sheets import Sheet, begun, saved
from engross.adapters.papers.word_tables import clean, table_xml
from engross.core.reports.papers import TableBlock
from engross.core.reports.tables import ColumnSpec, Table

_COLUMNS = tuple(
    ColumnSpec(name) for name in ("respondent", "party_category", "answer", "reasons", "marks")
)
_ALWAYS = 2


@dataclass(frozen=True)
class CollatedQuestion:
    """A question with its counts, and a line for each who answered: who, category, answer,
    reasons, marks."""

    heading: str
    summary: Table
    lines: Sequence[tuple[str, str, str, str, str]]
    you_said: str = ""
    we_did: str = ""


def collation_word(sheet: Sheet, questions: Sequence[CollatedQuestion]) -> bytes:
    """Return the answers, question by question, as the bytes of a .docx."""
    document = begun(sheet)
    styles = {str(each.name): str(each.style_id) for each in document.styles}

    def add(caption: str, table: Table) -> None:
        block = TableBlock("", caption, table.columns, table.rows, table.total)
        body = document.element.body
        body.insert(len(body) - 1, parse_xml(table_xml(block, styles)))

    for question in questions:
        document.add_heading(clean(question.heading), level=1)
        if not question.lines:
            document.add_paragraph("Nobody answered this question.")
            continue
        add(f"{question.heading}: counts", question.summary)
        document.add_paragraph()
        add(question.heading, _answers(question.lines))
        for label, words in (("You said", question.you_said), ("We did", question.we_did)):
            if words:
                document.add_heading(label, level=3)
                document.add_paragraph(clean(words))
    return saved(document)


def _answers(lines: Sequence[tuple[str, str, str, str, str]]) -> Table:
    """Return who answered what, without the columns in which nobody has anything."""
    kept = [at for at in range(len(_COLUMNS)) if at < _ALWAYS or any(line[at] for line in lines)]
    rows = tuple(tuple(line[at] for at in kept) for line in lines)
    return Table(tuple(_COLUMNS[at] for at in kept), rows)
