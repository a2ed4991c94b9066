"""Charts of a paper as SVG and PNG, drawn by Vega-Lite from the table beside them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import TypeAlias

import fontpkg_public_sans
import vl_convert

from engross.core.dates.months import Month
from engross.core.reports.papers import ChartBlock, ChartKind, Paper, walk
from engross.core.reports.tables import Cell
from engross.core.reports.wording import printed_cell

Spec: TypeAlias = dict[str, object]

FONT = fontpkg_public_sans.FAMILY
FONT_FOLDER = fontpkg_public_sans.ROOT / "files"
FONT_FILE = FONT_FOLDER / "PublicSans[wght].ttf"
PNG_PIXELS_PER_INCH = 180
WIDTH, HEIGHT, BAR_STEP = 620, 230, 26
# Told apart by people with any colour vision, and in grey by their lightness.
PALETTE = (
    "#0b4f6c",
    "#e08a00",
    "#6fb1d9",
    "#a3271d",
    "#3c8d5a",
    "#b279a7",
    "#5b6770",
    "#c9b458",
)

_TEXT = re.compile(r'(<text [^>]*?)fill="(#[0-9a-fA-F]{6})"')
_SIZE = re.compile(r'<svg [^>]*?width="([0-9.]+)" height="([0-9.]+)"')
_HAIRLINE = 0.3


@dataclass(frozen=True)
class PaperTheme:
    """The colours that a paper is drawn in, as '#rrggbb'."""

    ink: str = "#16202a"
    muted: str = "#55606a"
    hairline: str = "#d6d9d5"
    sunk: str = "#f1f2ef"
    accent: str = "#0b4f6c"
    palette: tuple[str, ...] = PALETTE

    @classmethod
    def of_code(cls, colours: Mapping[str, str]) -> "PaperTheme":
        """Return the theme of a code: its brand leads, the rest keeps apart from it."""
        accent = colours.get("brand") or colours.get("accent") or cls.accent
        return cls(accent=accent, palette=(accent, *PALETTE[1:]))


def ink_on(colour: str, *, dark: str) -> str:
    """Return the colour of letters that can be read on '#rrggbb': `dark`, or white."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return dark if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#ffffff"


@dataclass(frozen=True)
class DrawnChart:
    """A chart drawn once for every format; `note` is what is written under the picture."""

    svg: str
    note: str

    @cached_property
    def print_svg(self) -> str:
        """Return the picture for programs that draw a variable font at its thinnest.

        A hair-line around each letter brings it to its ordinary weight.
        """
        return _TEXT.sub(rf'\1fill="\2" stroke="\2" stroke-width="{_HAIRLINE}"', self.svg)

    @cached_property
    def png(self) -> bytes:
        """Return the picture as PNG, for formats that take no SVG."""
        _register_font()
        picture = vl_convert.svg_to_png(self.print_svg, ppi=PNG_PIXELS_PER_INCH, scale=1)
        return bytes(picture)

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height in CSS pixels."""
        width, height = _SIZE.findall(self.svg)[0]
        return round(float(width)), round(float(height))


def drawn(chart: ChartBlock, theme: PaperTheme) -> DrawnChart:
    """Return a chart as a picture; what is fictional or missing is written in the picture itself.

    A month without records is a gap. Raises ValueError if the chart has nothing to draw.
    """
    if not chart.is_known or not chart.series:
        raise ValueError(f"There is nothing to draw for {chart.figure}")
    _register_font()
    note = " ".join([*chart.notes, *_gaps(chart)])
    svg = vl_convert.vegalite_to_svg(_spec(chart, theme, note))
    return DrawnChart(svg=str(svg), note=note)


def drawn_charts(paper: Paper, theme: PaperTheme) -> dict[str, DrawnChart]:
    """Return every chart of a paper that has something to draw, by its number."""
    return {
        block.number: drawn(block, theme)
        for block in walk(paper.blocks)
        if isinstance(block, ChartBlock) and block.is_known and block.series
    }


@cache
def _register_font() -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))


def _gaps(chart: ChartBlock) -> Iterator[str]:
    across = chart.table.cells(chart.across)
    missing: dict[tuple[str, ...], list[str]] = {}
    for name in chart.series:
        without = _runs(across, chart.table.cells(name))
        if without:
            missing.setdefault(tuple(without), []).append(chart.table.column(name).label)
    for spells, labels in missing.items():
        of = f" of {' and '.join(labels)}" if len(labels) < len(chart.series) else ""
        yield f"No records{of}: {', '.join(spells)}."


def _runs(across: tuple[Cell, ...], cells: tuple[Cell, ...]) -> list[str]:
    found: list[str] = []
    for is_missing, run in groupby(zip(across, cells, strict=True), lambda pair: pair[1] is None):
        places = [printed_cell(place) for place, _ in run]
        if is_missing:
            found.append(places[0] if len(places) == 1 else f"{places[0]} to {places[-1]}")
    return found


def _spec(chart: ChartBlock, theme: PaperTheme, note: str) -> Spec:
    labels = [chart.table.column(name).label for name in chart.series]
    across = [printed_cell(cell) for cell in chart.table.cells(chart.across)]
    spec: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": _height(chart),
        "data": {"values": _values(chart, across)},
        "config": _config(theme),
        "padding": 4,
    }
    if note:
        spec["title"] = _note_under(note, theme)
    if chart.kind is ChartKind.HORIZONTAL_BARS:
        return spec | _horizontal(across, theme, len(chart.series), labels)
    return spec | _upright(chart, across, labels, theme)


def _height(chart: ChartBlock) -> int:
    if chart.kind is not ChartKind.HORIZONTAL_BARS:
        return HEIGHT
    return max(2, len(chart.table.rows)) * BAR_STEP * len(chart.series)


def _values(chart: ChartBlock, across: list[str]) -> list[Spec]:
    return [
        {
            "across": place,
            "series": chart.table.column(name).label,
            "value": _number(cell),
        }
        for name in chart.series
        for place, cell in zip(across, chart.table.cells(name), strict=True)
    ]


def _number(cell: Cell) -> int | float | None:
    if cell is None or isinstance(cell, int):
        return cell
    return float(str(cell))


def _upright(chart: ChartBlock, across: list[str], labels: list[str], theme: PaperTheme) -> Spec:
    months = all(isinstance(cell, Month) for cell in chart.table.cells(chart.across))
    axis: Spec = {"title": None, "labelAngle": 0, "labelLimit": 90}
    if months:
        axis["labelExpr"] = "split(datum.label, ' ')"
    encoding: Spec = {
        "x": {
            "field": "across",
            "type": "ordinal",
            "sort": None,
            "scale": {"domain": across},
            "axis": axis,
        },
        "y": _values_axis(chart, stack=chart.kind is ChartKind.STACKED_BARS),
        "color": _colours(labels, theme),
    }
    if chart.kind is ChartKind.LINES:
        encoding["strokeDash"] = {"field": "series", "sort": labels, "legend": None}
        encoding["shape"] = {"field": "series", "sort": labels, "legend": None}
        line = {
            "type": "line",
            "point": {"size": 34},
            "invalid": "break-paths-show-domains",
        }
        return {"mark": line, "encoding": encoding}
    if chart.kind is ChartKind.GROUPED_BARS and len(labels) > 1:
        encoding["xOffset"] = {"field": "series", "sort": labels}
    return {
        "mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 0.6},
        "encoding": encoding,
    }


def _horizontal(across: list[str], theme: PaperTheme, series: int, labels: list[str]) -> Spec:
    encoding: Spec = {
        "y": {
            "field": "across",
            "type": "nominal",
            "sort": None,
            "scale": {"domain": list(dict.fromkeys(across)), "paddingInner": 0.28},
            "axis": {"title": None, "labelLimit": 260, "domain": False},
        },
        "x": {"field": "value", "type": "quantitative", "axis": None},
        "color": _colours(labels, theme),
    }
    if series > 1:
        encoding["yOffset"] = {"field": "series", "sort": labels}
    value = {"type": "text", "align": "left", "dx": 4, "color": theme.ink}
    numbers: Spec = {key: each for key, each in encoding.items() if key != "color"}
    numbers["text"] = {"field": "value", "type": "quantitative", "format": ","}
    return {
        "layer": [
            {"mark": {"type": "bar"}, "encoding": encoding},
            {"mark": value, "encoding": numbers},
        ]
    }


def _values_axis(chart: ChartBlock, *, stack: bool) -> Spec:
    axis = {
        "title": chart.unit or None,
        "tickCount": 5,
        "domain": False,
        "ticks": False,
    }
    return {
        "field": "value",
        "type": "quantitative",
        "axis": axis | {"format": ",~r", "tickMinStep": 1},
        "stack": "zero" if stack else None,
        "scale": {"zero": True},
    }


def _colours(labels: list[str], theme: PaperTheme) -> Spec:
    many = [theme.palette[place % len(theme.palette)] for place in range(len(labels))]
    legend = {"title": None, "orient": "top", "columns": 5} if len(labels) > 1 else None
    return {
        "field": "series",
        "type": "nominal",
        "sort": labels,
        "scale": {"domain": labels, "range": many},
        "legend": legend,
    }


def _note_under(note: str, theme: PaperTheme) -> Spec:
    return {
        "text": note,
        "orient": "bottom",
        "anchor": "start",
        "frame": "bounds",
        "fontSize": 11,
        "fontWeight": "normal",
        "fontStyle": "italic",
        "color": theme.muted,
        "offset": 8,
    }


def _config(theme: PaperTheme) -> Spec:
    text = {"labelColor": theme.ink, "titleColor": theme.muted, "labelFontSize": 11}
    return {
        "aria": False,
        "font": FONT,
        "background": "#ffffff",
        "view": {"stroke": None},
        "axis": text
        | {
            "gridColor": theme.hairline,
            "domainColor": theme.muted,
            "tickColor": theme.hairline,
        }
        | {"titleFontSize": 11, "titleFontWeight": "normal"},
        "axisX": {"grid": False},
        "legend": text | {"symbolType": "square", "symbolSize": 90},
        "bar": {"discreteBandSize": {"band": 0.72}},
    }
