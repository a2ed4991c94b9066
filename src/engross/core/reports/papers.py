"""A paper as data: its head, its numbered blocks, and the figures it prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from engross.core.dates.months import Month
from engross.core.reports.checks import CheckResult
from engross.core.reports.figures import Figure
from engross.core.reports.publication import Reconciliation
from engross.core.reports.tables import ColumnSpec, Row, Table


@dataclass(frozen=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Words that must be seen."""

    inlines: "tuple[Inline, ...]"


@dataclass(frozen=True)
class Emphasis:
    """Words set apart."""

    inlines: "tuple[Inline, ...]"


@dataclass(frozen=True)
class FigureValue:
    """A figure's value as printed, which a reader may open to its rows and method."""

    figure: str
    shown: str


@dataclass(frozen=True)
class Link:
    """Words that lead to an address."""

    address: str
    inlines: "tuple[Inline, ...]"


@dataclass(frozen=True)
class CrossReference:
    """A pointer to a section, table or chart of this paper; `shown` is filled by numbering."""

    target: str
    shown: str = ""


Inline: TypeAlias = Text | Strong | Emphasis | FigureValue | Link | CrossReference
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (a section), 2 or 3; an unnumbered one bears no number."""

    level: int
    inlines: Inlines
    label: str = ""
    is_numbered: bool = True
    number: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of text."""

    inlines: Inlines


@dataclass(frozen=True)
class Bullets:
    """A list, each item of which is made of blocks."""

    items: "tuple[tuple[Block, ...], ...]"
    is_ordered: bool = False


@dataclass(frozen=True)
class Note:
    """A remark set apart from the text."""

    inlines: Inlines


@dataclass(frozen=True)
class TableBlock:
    """A table of a figure's rows, with the columns chosen for print.

    `link_column` names the column that holds an address for the first printed column.
    `empty` is what is said instead of a table without rows.
    """

    figure: str
    caption: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = "None in this month."
    is_known: bool = True
    label: str = ""
    group: str = ""
    number: str = ""


class ChartKind(StrEnum):
    """How a chart draws its table."""

    STACKED_BARS = "stacked-bars"
    GROUPED_BARS = "grouped-bars"
    LINES = "lines"
    HORIZONTAL_BARS = "horizontal-bars"


@dataclass(frozen=True)
class ChartBlock:
    """A chart of a figure's rows: `across` names the axis column, `series` what is drawn."""

    figure: str
    kind: ChartKind
    caption: str
    alt: str
    table: Table
    across: str
    series: tuple[str, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
    is_known: bool = True
    label: str = ""
    number: str = ""

    @property
    def data_table(self) -> TableBlock:
        """Return the numbers that the chart draws, as a table beside it."""
        wanted = [self.table.column(name) for name in (self.across, *self.series)]
        places = [self.table.position(column.name) for column in wanted]
        return TableBlock(
            figure=self.figure,
            caption=self.caption,
            columns=tuple(wanted),
            rows=tuple(tuple(row[place] for place in places) for row in self.table.rows),
        )


@dataclass(frozen=True)
class Glance:
    """The month's main counts, each with a word or two under it."""

    items: tuple[tuple[FigureValue, str], ...]
    caption: str = "The month at a glance"
    label: str = ""
    number: str = ""


Block: TypeAlias = Heading | Paragraph | Bullets | Note | TableBlock | ChartBlock | Glance


@dataclass(frozen=True)
class PaperClass:
    """Who may read a file: the class by key and name, with the sentence printed on each page."""

    key: str
    name: str
    sentence: str = ""
    colour: str = "#ffffff"


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a paper and bears its own class."""

    key: str
    title: str
    paper_class: PaperClass


@dataclass(frozen=True)
class PaperHead:
    """What stands on a paper's first page, and in part on every page."""

    paper: str
    form: str
    title: str
    month: Month
    paper_class: PaperClass
    organisation: str
    reference: str = ""
    action: str = ""
    body: str = ""
    purpose: str = ""
    recommendation: str = ""
    author_role: str = ""
    author_on: date | None = None
    version: int = 1
    attachments: tuple[Attachment, ...] = ()
    language: str = "en-GB"

    @property
    def full_title(self) -> str:
        """Return the title with its month: 'Operations Report - September 2021'."""
        return f"{self.title} – {self.month.name}"


@dataclass(frozen=True)
class Paper:
    """A whole paper, ready to be numbered and drawn.

    `figures` are those it prints; `reconciliation` is there when published figures were supplied.
    """

    head: PaperHead
    blocks: tuple[Block, ...]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    checks: tuple[CheckResult, ...] = ()
    reconciliation: Reconciliation | None = None
    frozen_hash: str = ""


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block in reading order, those inside lists too."""
    for block in blocks:
        yield block
        if isinstance(block, Bullets):
            for item in block.items:
                yield from walk(item)


def plain(inlines: Inlines) -> str:
    """Return the words of inlines without their markings."""
    return "".join(_words(each) for each in inlines)


def _words(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case Strong(inlines) | Emphasis(inlines) | Link(_, inlines):
            return plain(inlines)
        case FigureValue() | CrossReference():
            return inline.shown
