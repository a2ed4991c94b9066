"""A paper as JSON: its head, what it prints, and every figure with rows, method and checks."""

import json

from engross.core.reports.freezing import freeze
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
    Paper,
    PaperClass,
    PaperHead,
    Paragraph,
    Strong,
    TableBlock,
    Text,
)
from engross.core.reports.tables import Json, Row
from engross.core.reports.wording import printed_cell

SCHEMA = 1


def paper_json(paper: Paper) -> bytes:
    """Return the whole paper as JSON text in UTF-8, for machines and for keeping."""
    written = json.dumps(paper_data(paper), ensure_ascii=False, indent=1)
    return f"{written}\n".encode()


def paper_data(paper: Paper) -> dict[str, Json]:
    """Return the whole paper as plain values."""
    return {
        "schema": SCHEMA,
        "head": head_data(paper.head),
        "blocks": [block_data(block) for block in paper.blocks],
        "figures": freeze(paper.figures.values()),
        "checks": [each.to_json() for each in paper.checks],
        "reconciliation": None if paper.reconciliation is None else paper.reconciliation.to_json(),
        "figures_sha256": paper.frozen_hash,
    }


def head_data(head: PaperHead) -> dict[str, Json]:
    """Return a paper's head as plain values."""
    return {
        "paper": head.paper,
        "form": head.form,
        "title": head.title,
        "full_title": head.full_title,
        "month": str(head.month),
        "month_name": head.month.name,
        "class": _class_data(head.paper_class),
        "organisation": head.organisation,
        "reference": head.reference,
        "action": head.action,
        "body": head.body,
        "purpose": head.purpose,
        "recommendation": head.recommendation,
        "author_role": head.author_role,
        "author_on": None if head.author_on is None else head.author_on.isoformat(),
        "version": head.version,
        "attachments": [
            {"key": each.key, "title": each.title, "class": _class_data(each.paper_class)}
            for each in head.attachments
        ],
        "language": head.language,
    }


def _class_data(paper_class: PaperClass) -> dict[str, Json]:
    return {
        "key": paper_class.key,
        "name": paper_class.name,
        "sentence": paper_class.sentence,
        "colour": paper_class.colour,
    }


def block_data(block: Block) -> dict[str, Json]:
    """Return a block as plain values, its cells as they are printed."""
    match block:
        case Heading():
            return _heading_data(block)
        case Paragraph() | Note():
            kind = "note" if isinstance(block, Note) else "paragraph"
            return {"block": kind, "inlines": inline_data(block.inlines)}
        case Bullets():
            items: list[Json] = [[block_data(each) for each in item] for item in block.items]
            return {"block": "bullets", "ordered": block.is_ordered, "items": items}
        case TableBlock():
            return {"block": "table", **table_data(block)}
        case ChartBlock():
            return _chart_data(block)
        case Glance():
            return _glance_data(block)


def _heading_data(block: Heading) -> dict[str, Json]:
    return {
        "block": "heading",
        "level": block.level,
        "number": block.number,
        "label": block.label,
        "inlines": inline_data(block.inlines),
    }


def _glance_data(block: Glance) -> dict[str, Json]:
    return {
        "block": "glance",
        "number": block.number,
        "caption": block.caption,
        "items": [
            {"figure": value.figure, "shown": value.shown, "words": words}
            for value, words in block.items
        ],
    }


def table_data(block: TableBlock) -> dict[str, Json]:
    """Return a table block as plain values, its cells as they are printed."""
    return {
        "figure": block.figure,
        "number": block.number,
        "caption": block.caption,
        "columns": [
            {"label": column.label, "kind": column.kind.value, "is_number": column.kind.is_number}
            for column in block.columns
        ],
        "rows": [_printed(row, block) for row in block.rows],
        "total": None if block.total is None else _printed_total(block.total),
        "links": list(block.links),
        "notes": list(block.notes),
        "empty": block.empty,
        "is_known": block.is_known,
    }


def _printed(row: Row, block: TableBlock) -> list[Json]:
    return [printed_cell(cell, column) for cell, column in zip(row, block.columns, strict=True)]


def _printed_total(total: Row) -> list[Json]:
    return ["" if cell is None else printed_cell(cell) for cell in total]


def _chart_data(block: ChartBlock) -> dict[str, Json]:
    return {
        "block": "chart",
        "figure": block.figure,
        "number": block.number,
        "kind": block.kind.value,
        "caption": block.caption,
        "alt": block.alt,
        "unit": block.unit,
        "notes": list(block.notes),
        "is_known": block.is_known,
        "table": table_data(block.data_table) if block.is_known else None,
    }


def inline_data(inlines: Inlines) -> list[Json]:
    """Return inlines as plain values."""
    return [_inline(each) for each in inlines]


def _inline(inline: Inline) -> dict[str, Json]:
    match inline:
        case Text(text):
            return {"inline": "text", "text": text}
        case Strong(inlines):
            return {"inline": "strong", "inlines": inline_data(inlines)}
        case Emphasis(inlines):
            return {"inline": "emphasis", "inlines": inline_data(inlines)}
        case FigureValue(figure, shown):
            return {"inline": "figure", "figure": figure, "shown": shown}
        case Link(address, inlines):
            return {"inline": "link", "address": address, "inlines": inline_data(inlines)}
        case CrossReference(target, shown):
            return {"inline": "reference", "target": target, "shown": shown}
