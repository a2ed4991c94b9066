"""A paper as HTML: a fragment for a page of the site, or one file that needs nothing else."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engross.adapters.papers.annex import (
    checks_table,
    figure_anchor,
    figure_names,
    figures_table,
    published_table,
)
from engross.adapters.papers.charts import FONT, FONT_FILE, DrawnChart, PaperTheme, ink_on
from engross.adapters.papers.json_out import block_data, head_data, table_data
from engross.core.reports.numbering import target_of
from engross.core.reports.papers import Block, Bullets, Heading, Paper, plain
from engross.core.reports.tables import Json
from engross.core.reports.wording import printed_day

_FOLDER = Path(__file__).parent / "templates"


def html_body(
    paper: Paper,
    charts: Mapping[str, DrawnChart],
    *,
    figure_url: Callable[[str], str],
    chart_url: Callable[[str], str],
) -> str:
    """Return a paper as a fragment for a page that has its own frame, title and styles.

    `figure_url` gives the address at which a figure can be opened, by its name; `chart_url`
    that of a chart's picture, by its number.
    """
    template = _environment().get_template("body.html")
    shared = _shared(paper, charts)
    return template.render(**shared, figure_url=figure_url, chart_url=chart_url)


def paper_html(paper: Paper, charts: Mapping[str, DrawnChart], theme: PaperTheme) -> bytes:
    """Return a paper as one HTML file in UTF-8, with styles, pictures and annex inside."""
    known = set(paper.figures)

    def figure_url(name: str) -> str:
        return f"#{figure_anchor(name)}" if name in known else "#figures"

    published = published_table(paper)
    page = (
        _environment()
        .get_template("report.html")
        .render(
            **_shared(paper, charts),
            figure_url=figure_url,
            chart_url=None,
            contents=list(_contents(paper)),
            annex={
                "figures": table_data(figures_table(paper)),
                "anchors": [figure_anchor(name) for name in figure_names(paper)],
                "checks": table_data(checks_table(paper)),
                "published": None if published is None else table_data(published),
            },
            hash=paper.frozen_hash,
            css="\n".join([_font_face(), page_css(), paper_css()]),
            theme=_colours(paper, theme),
            furniture=_furniture(paper),
        )
    )
    return page.encode()


@cache
def page_css() -> str:
    """Return the stylesheet of the frame around a paper that is one file."""
    return (_FOLDER / "page.css").read_text(encoding="utf-8")


@cache
def paper_css() -> str:
    """Return the stylesheet of a paper; its colours are custom properties named as PaperTheme's."""
    return (_FOLDER / "paper.css").read_text(encoding="utf-8")


@cache
def _font_face() -> str:
    letters = base64.b64encode(FONT_FILE.read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "{FONT}"; font-weight: 100 900; font-display: swap; '
        f'src: url("data:font/ttf;base64,{letters}") format("truetype"); }}'
    )


def anchor_of(block: Block, place: int) -> str:
    """Return the name by which a block can be pointed to in its page."""
    return target_of(block).replace(":", "-") or f"part-{place}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
    )


def _shared(paper: Paper, charts: Mapping[str, DrawnChart]) -> dict[str, object]:
    author_on = paper.head.author_on
    return {
        "head": head_data(paper.head),
        "author_on": "" if author_on is None else printed_day(author_on),
        "body": [_anchored(block, place) for place, block in enumerate(paper.blocks)],
        "charts": charts,
    }


def _anchored(block: Block, place: int) -> dict[str, Json]:
    data = block_data(block) | {"anchor": anchor_of(block, place)}
    if isinstance(block, Bullets):
        data["items"] = [
            [_anchored(each, place * 1000 + at) for at, each in enumerate(item)]
            for item in block.items
        ]
    return data


def _contents(paper: Paper) -> Iterator[dict[str, object]]:
    for place, block in enumerate(paper.blocks):
        if isinstance(block, Heading) and block.level <= 2:
            yield {
                "level": block.level,
                "number": block.number,
                "words": plain(block.inlines),
                "anchor": anchor_of(block, place),
            }


def _colours(paper: Paper, theme: PaperTheme) -> dict[str, str]:
    paper_class = paper.head.paper_class
    return {
        "ink": theme.ink,
        "muted": theme.muted,
        "hairline": theme.hairline,
        "sunk": theme.sunk,
        "accent": theme.accent,
        "class-colour": paper_class.colour,
        "class-ink": ink_on(paper_class.colour, dark=theme.ink),
    }


def _furniture(paper: Paper) -> dict[str, str]:
    head = paper.head
    return {
        "top": _css_text(f"{head.reference}  {head.full_title}"),
        "bottom": _css_text(f"{head.paper_class.name}. {head.paper_class.sentence}"),
    }


def _css_text(words: str) -> str:
    escaped = words.replace("\\", "\\5c ").replace('"', "\\22 ").replace("<", "\\3c ")
    return json.dumps(escaped.replace("\n", " "), ensure_ascii=False).replace("\\\\", "\\")
