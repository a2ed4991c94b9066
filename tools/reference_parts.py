"""What the generated references share: tables in Markdown."""

from collections.abc import Iterable, Sequence


def line(value: object) -> str:
    """Return a value as one line that a table of Markdown can hold."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split()).replace("|", "\\|")


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table."""
    lines = [_lined(headings), _lined("---" for _ in headings)]
    return lines + [_lined(row) for row in rows]


def _lined(cells: Iterable[object]) -> str:
    return f"| {' | '.join(line(cell) for cell in cells)} |"
