"""The annex of a paper: its figures with their methods, its checks, ours beside published."""

from engross.core.reports.figures import Figure
from engross.core.reports.papers import Paper, TableBlock
from engross.core.reports.tables import Table, columns
from engross.core.reports.wording import printed_day, printed_value

_FIGURES = columns(
    ("title", "Figure", "text"),
    ("value", "Value", "text"),
    ("method", "How it is counted", "text"),
    ("as_at", "As at", "text"),
)
_CHECKS = columns(
    ("title", "Check", "text"),
    ("verdict", "Result", "text"),
    ("statement", "What was found", "text"),
)
_PUBLISHED = columns(
    ("key", "Published figure", "text"),
    ("ours", "Ours", "text"),
    ("published", "Published", "text"),
    ("difference", "Difference", "text"),
    ("remark", "Result", "text"),
)


def figure_anchor(name: str) -> str:
    """Return the name of the place in the annex where a figure is explained."""
    return f"figure-{name.replace('.', '-')}"


def figures_table(paper: Paper) -> TableBlock:
    """Return every figure of a paper with its value, method and day, in order of title."""
    figures = sorted(paper.figures.values(), key=lambda each: (each.spec.title, each.name))
    rows = tuple(
        (f.spec.title, shown_value(f), method_of(f), printed_day(f.as_at)) for f in figures
    )
    return _block("Figures and their methods", Table(_FIGURES, rows))


def figure_names(paper: Paper) -> list[str]:
    """Return the names of the figures in the order in which `figures_table` lists them."""
    figures = sorted(paper.figures.values(), key=lambda each: (each.spec.title, each.name))
    return [each.name for each in figures]


def shown_value(figure: Figure) -> str:
    """Return a figure's value with its unit; of a table, how many rows it has."""
    if figure.is_known and figure.value is None and figure.rows is not None:
        count = len(figure.rows.rows)
        return f"{count:,} {'row' if count == 1 else 'rows'}"
    shown = printed_value(figure)
    return f"{shown} {figure.spec.unit}" if figure.is_known and figure.value is not None else shown


def method_of(figure: Figure) -> str:
    """Return how a figure is counted, with its notes and what its records rest on."""
    bases = ", ".join(sorted(figure.bases))
    rests = f"Rests on: {bases}." if bases else ""
    method = f"{figure.spec.method.rstrip('.')}."
    return " ".join(filter(None, [method, *figure.notes, rests]))


def checks_table(paper: Paper) -> TableBlock:
    """Return every check of a paper with its result."""
    rows = tuple(
        (each.title, each.verdict.value, " ".join(filter(None, [f"{each.statement}.", each.known])))
        for each in paper.checks
    )
    return _block("Checks", Table(_CHECKS, rows))


def published_table(paper: Paper) -> TableBlock | None:
    """Return our figures beside the published ones; None if none were supplied."""
    if paper.reconciliation is None:
        return None
    rows = tuple(
        (
            row.published_key,
            _words(row.ours),
            _words(row.published)
            if row.comparison == "exact"
            else f"{row.comparison} {row.published}",
            row.difference,
            "agrees" if row.agrees else (row.known or row.remark or "differs"),
        )
        for row in paper.reconciliation.rows
    )
    unmapped = tuple(
        (key, "", "", "", "nothing of ours answers this key")
        for key in paper.reconciliation.unmapped
    )
    return _block("Published figures beside ours", Table(_PUBLISHED, (*rows, *unmapped)))


def _words(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)


def _block(caption: str, rows: Table) -> TableBlock:
    return TableBlock(figure="", caption=caption, columns=rows.columns, rows=rows.rows)
