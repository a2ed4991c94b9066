"""A redline in two columns: the old text and the new one beside each other, row by row.

What was taken away is marked on the side of the old text, what was put there on that of the new.
"""

from collections.abc import Iterator
from html import escape
from typing import Literal

from msgspec import UNSET

from engross.adapters.legaltext.redlines.lines import RedlineLines, table_html
from engross.adapters.legaltext.redlines.words import lined, marked, segments
from engross.core.legaltext.comparison_entries import Entry, RowChange, Tokens
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Provision, Table
from engross.core.legaltext.redlines import RedlineLine

SideName = Literal["old", "new"]
_SIGNS = {"old": "=-", "new": "=+"}


class SideRows(RedlineLines):
    """The rows of a table of two columns; `only_changes` leaves out what no change is in."""

    def __iter__(self) -> Iterator[str]:
        """Yield the rows in order; titles and gaps go over both columns."""
        for block in super().__iter__():
            if block and not block.startswith("<tr"):
                yield f'<tr><td colspan="2">{block}</td></tr>\n'
            else:
                yield block

    def _block(self, line: RedlineLine) -> str:
        entry = self._entry(line)
        is_gone = line.fate in ("deleted", "moved-from")
        if is_gone and entry is None:
            return ""
        places, node = (self.old, line.old) if is_gone else (self.new, line.new)
        if places.provisions[node] is None:
            return "" if line.fate == "moved-from" else self._title(line, entry)
        if line.fate == "moved-from":
            to = escape(f"moved to {self.new.shown(line.new)}")
            label = f'<p class="redline-label">{to}</p>'
            return _row(self._cell("old", line.old, None, label), "", "moved")
        kinds = " ".join(entry.kinds) if entry else ""
        label = self._label(line, entry)
        is_before = line.fate in ("kept", "deleted")
        old = self._cell("old", line.old, entry, "") if is_before else ""
        new = "" if is_gone else self._cell("new", line.new, entry, label)
        name = "" if is_gone else self.anchor(places, node)
        return _row(old or "", new, kinds, name)

    def _cell(self, side: SideName, node: int, entry: Entry | None, label: str) -> str:
        """Return one side of a row."""
        places = self.old if side == "old" else self.new
        provision = places.provision(node)
        number = escape(provision.number)
        body = f"{_heading(provision, entry, side)}{_text(provision, entry, side)}"
        table = _table(places, node, entry, side)
        shown = f'<span class="redline-number">{number}</span> ' if number else ""
        return f"{label}{shown}{body}{table}"


def _row(old: str, new: str, kinds: str, name: str = "") -> str:
    change = f' data-change="{kinds}"' if kinds else ""
    anchor = f' id="{escape(name)}"' if name else ""
    return f"<tr{change}{anchor}><td>{old}</td><td>{new}</td></tr>\n"


def _told(tokens: Tokens, side: SideName) -> str:
    return segments(token for token in tokens if token[0] in _SIGNS[side])


def _heading(provision: Provision, entry: Entry | None, side: SideName) -> str:
    if entry is not None and entry.heading:
        content = _told(entry.heading, side)
    else:
        content = escape(provision.heading or "")
    return f'<h3 class="redline-heading">{content}</h3>' if content else ""


def _text(provision: Provision, entry: Entry | None, side: SideName) -> str:
    is_whole = entry is not None and entry.tokens and not entry.parts
    content = _told(entry.tokens, side) if entry and is_whole else marked(provision)
    return f"<p>{content}</p>" if content else ""


def _table(places: Places, node: int, entry: Entry | None, side: SideName) -> str:
    provision = places.provision(node)
    name = f"Table of {places.shown(node)}, {'before' if side == 'old' else 'after'}"
    if entry is None or not entry.table or not isinstance(provision.table, Table):
        return table_html(provision, name) if provision.table is not UNSET else ""
    changes = {(row.old if side == "old" else row.new): row for row in entry.table.rows}
    rows = "".join(
        f"<tr>{''.join(_cells(row, changes.get(at), side))}</tr>"
        for at, row in enumerate(provision.table.rows)
    )
    return (
        f'<div class="redline-table" role="region" aria-label="{escape(name)}" tabindex="0">'
        f"<table>{rows}</table></div>"
    )


def _cells(row: tuple[str, ...], change: RowChange | None, side: SideName) -> Iterator[str]:
    told = {
        (cell.old if side == "old" else cell.new): _told(cell.tokens, side)
        for cell in (change.cells if change else ())
    }
    for column, cell in enumerate(row):
        yield f"<td>{told.get(column) or lined(cell)}</td>"
