"""A paper as a tagged PDF (PDF/UA-1), set by Typst from the paper's data."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst

from engross.adapters.papers.annex import (
    checks_table,
    figure_anchor,
    figure_names,
    figures_table,
    published_table,
)
from engross.adapters.papers.charts import FONT, FONT_FOLDER, DrawnChart, PaperTheme, ink_on
from engross.adapters.papers.json_out import block_data, head_data, table_data
from engross.core.reports.papers import Paper
from engross.core.reports.tables import Json
from engross.core.reports.wording import printed_day

_FOLDER = Path(__file__).parent / "templates"
_LONG_WORD = re.compile("[^\\s\u200b]{28}")


def paper_pdf(paper: Paper, charts: Mapping[str, DrawnChart], theme: PaperTheme) -> bytes:
    """Return a paper as PDF bytes, the same for the same paper.

    `charts` holds the drawn charts by their numbers. Raises typst.TypstError if it cannot be set.
    """
    written = _compiler().compile(
        format="pdf",
        sys_inputs={"paper": json.dumps(_data(paper, charts, theme), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=_timestamp(paper),
    )
    if not isinstance(written, bytes):
        raise TypeError(f"Typst gave back {type(written).__name__}, not one file")
    return written


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
    )
    return typst.Compiler(_FOLDER / "paper.typ", root=_FOLDER, font_paths=fonts)


def _timestamp(paper: Paper) -> datetime:
    day = paper.head.author_on or paper.head.month.last_day
    return datetime.combine(day, time(), UTC)


def _data(paper: Paper, charts: Mapping[str, DrawnChart], theme: PaperTheme) -> dict[str, Json]:
    published = published_table(paper)
    head = head_data(paper.head)
    head["author_on_printed"] = (
        "" if paper.head.author_on is None else printed_day(paper.head.author_on)
    )
    return {
        "head": head,
        "blocks": _breakable([block_data(block) for block in paper.blocks]),
        "charts": {number: chart.print_svg for number, chart in charts.items()},
        "annex": {
            "figures": _breakable(table_data(figures_table(paper))),
            "anchors": [figure_anchor(name) for name in figure_names(paper)],
            "checks": _breakable(table_data(checks_table(paper))),
            "published": None if published is None else _breakable(table_data(published)),
        },
        "hash": paper.frozen_hash,
        "theme": {
            "ink": theme.ink,
            "muted": theme.muted,
            "hairline": theme.hairline,
            "sunk": theme.sunk,
            "accent": theme.accent,
            "class_ink": ink_on(paper.head.paper_class.colour, dark=theme.ink),
            "font": FONT,
        },
    }


def _breakable(value: Json) -> Json:
    match value:
        case str() if not value.startswith(("http:", "https:", "mailto:", "/")):
            return _LONG_WORD.sub(lambda found: f"{found[0]}\u200b", value)
        case list():
            return [_breakable(each) for each in value]
        case dict():
            return {
                key: each if key in {"figure", "target", "label", "address"} else _breakable(each)
                for key, each in value.items()
            }
    return value
