"""The words that a paper's template may use: figures, rows, highlights and number words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from engross.adapters.papers.fences import cell_of
from engross.adapters.papers.markdown import narrative
from engross.adapters.papers.markings import Mark, Markings
from engross.core.reports.figures import Asking, Value
from engross.core.reports.papers import FigureValue, PaperHead
from engross.core.reports.tables import Cell
from engross.core.reports.wording import (
    in_words,
    printed_cell,
    printed_day,
    printed_value,
)


@dataclass(frozen=True)
class Highlight:
    """What a team wrote for a section of the month's paper, in Markdown, with its class."""

    label: str
    text: str
    class_key: str


Highlights = Callable[[str], Sequence[Highlight]]


def no_highlights(section: str) -> Sequence[Highlight]:
    """Return nothing: what a paper without narrative records is given."""
    return ()


@dataclass
class Vocabulary:
    """What the functions of a template answer, for one paper; `asked` notes the figures used."""

    asking: Asking
    head: PaperHead
    markings: Markings
    written: Highlights
    asked: set[str] = field(default_factory=set)

    def words(self) -> dict[str, object]:
        """Return every name that a template may use."""
        code = self.asking.code
        return {
            "month": self.asking.month,
            "as_at": self.asking.as_at,
            "head": self.head,
            "term": lambda name: code.words[name],
            "options": self.options,
            "value": self.value,
            "number": self.number,
            "words": self.in_words,
            "plural": self.plural,
            "known": self.known,
            "rows": self.rows,
            "cell": self.cell,
            "highlights": self.highlights,
        }

    def filters(self) -> dict[str, Callable[..., object]]:
        """Return the filters that a template may use beside Jinja's own."""
        return {"listed": listed, "day": printed_day}

    def value(self, name: str) -> Mark:
        """Return a figure's value, to be printed and opened to its rows."""
        self.asked.add(name)
        return self.markings.mark(FigureValue(name, printed_value(self.asking.figure(name))))

    def number(self, name: str) -> Value:
        """Return a figure's bare value for comparing; None if there are no records."""
        self.asked.add(name)
        return self.asking.figure(name).value

    def in_words(self, count: str | int, *, capital: bool = False) -> Mark | str:
        """Return a figure's value (by its name) or a number in words, 'no' for nought."""
        if not isinstance(count, str):
            return _capital(in_words(count), capital)
        found = self.number(count)
        if not isinstance(found, int | Decimal):
            return self.value(count)
        return self.markings.mark(FigureValue(count, _capital(in_words(found), capital)))

    def plural(self, count: str | int, one: str, many: str) -> str:
        """Return `one` for exactly one and `many` for any other number, by figure or number."""
        found = self.number(count) if isinstance(count, str) else count
        return one if found == 1 else many

    def known(self, name: str) -> bool:
        """Return whether there are records for a figure."""
        self.asked.add(name)
        return self.asking.figure(name).is_known

    def rows(self, name: str, **where: object) -> list[dict[str, Cell]]:
        """Return a figure's rows by column name, those alone whose cells are as `where` says."""
        self.asked.add(name)
        found = self.asking.figure(name).rows
        records = [] if found is None else found.records()
        return [row for row in records if all(row[each] == it for each, it in where.items())]

    def cell(self, name: str, key: str, column: str) -> Mark:
        """Return one cell of a figure's rows, found by the first cell of its row."""
        self.asked.add(name)
        figure = self.asking.figure(name)
        if figure.rows is None or not figure.is_known:
            return self.value(name)
        shown = printed_cell(cell_of(figure.rows, key, column), figure.rows.column(column))
        return self.markings.mark(FigureValue(name, shown))

    def highlights(self, section: str) -> list[dict[str, object]]:
        """Return what was written for a section and may be read by the paper's readers."""
        ranks = {
            each.key: each.number("rank") for each in self.asking.code.options("paper_classes")
        }
        own = ranks[self.head.paper_class.key]
        return [
            {"label": each.label, "text": self.markings.mark(narrative(each.text))}
            for each in self.written(section)
            if ranks.get(each.class_key, own + 1) <= own
        ]

    def options(self, name: str) -> list[dict[str, object]]:
        """Return the options of a list of the code that hold on the paper's day."""
        held = self.asking.code.options(name, self.asking.as_at)
        return [{"key": each.key, "name": each.name, **each.attributes} for each in held]


def listed(words: Iterable[object]) -> str:
    """Return words as a sentence lists them: 'A, B and C'."""
    *first, last = [*map(str, words)] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _capital(words: str, wanted: bool) -> str:
    return words[:1].upper() + words[1:] if wanted else words
