"""A text or a redline as HTML, a block for each provision in the order of reading.

The new text stands in its own order. What was taken away stands where it stood, what moved away
leaves a line that says where to. The gutter says in words what happened to each.
"""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Literal, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from engross.adapters.legaltext.redlines.words import (
    deleted,
    heard,
    inserted,
    lined,
    marked,
    segments,
)
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.comparison import compared
from engross.core.legaltext.comparison_entries import Comparison, Entry, RowChange, TableChange
from engross.core.legaltext.numbers.addresses import Address, document_slug
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Provision, Table
from engross.core.legaltext.redlines import RedlineLine, redline

DEEPEST_SHOWN = 8


def text_lines(code: Code) -> Iterator[str]:
    """Yield a text as it stands, block by block."""
    places = Places(code)
    nodes = list(range(len(places)))
    yield from RedlineLines(Aligned(places, places, nodes, nodes))


class ChangeLine(NamedTuple):
    """A line of the table of changes: addresses for people, and where on the page it is shown.

    The slugs are those of the clauses that it was in and is in, '' where it was or is in none.
    """

    was: str
    now: str
    href: str
    what: str
    was_slug: str
    now_slug: str


def table_of_changes(aligned: Aligned, comparison: Comparison) -> list[ChangeLine]:
    """Return what changed, a line for each provision, in the order of reading."""
    olds, news = ({_name(p, n): n for n in range(len(p))} for p in (aligned.old, aligned.new))
    lines = RedlineLines(aligned, comparison)
    found: list[ChangeLine] = []
    for entry in comparison.entries:
        was, now = olds.get(lines.side(entry, "old")), news.get(lines.side(entry, "new"))
        found.append(
            ChangeLine(
                "" if was is None else aligned.old.shown(was),
                "" if now is None else aligned.new.shown(now),
                "" if now is None else f"#{lines.anchor(aligned.new, now)}",
                ", ".join(entry.kinds),
                "" if was is None else _slug_of_clause(aligned.old, was),
                "" if now is None else _slug_of_clause(aligned.new, now),
            )
        )
    return found


def _slug_of_clause(places: Places, node: int) -> str:
    """Return the slug of the nearest address that names a node or what it stands under."""
    while places.provisions[node] is not None and places.number(node)[:1] in ("", "("):
        node = places.parents[node]
    provision = places.provisions[node]
    number = "" if provision is None else provision.number
    return Address(places.documents[node].document, number).slug


def _name(places: Places, node: int) -> tuple[str, str | None]:
    return places.documents[node].document, places.addresses[node]


class RedlineLines:
    """The blocks of a redline; `only_changes` leaves out what no change is in or under."""

    def __init__(
        self, aligned: Aligned, comparison: Comparison | None = None, *, only_changes: bool = False
    ) -> None:
        self.aligned, self.only_changes = aligned, only_changes
        self.old, self.new = aligned.old, aligned.new
        self.several = max(len(self.old.roots), len(self.new.roots)) > 1
        entries = (comparison or compared(aligned)).entries
        self.now: dict[tuple[str, str | None], Entry] = {}
        self.was: dict[tuple[str, str | None], Entry] = {}
        for entry in entries:
            self._file(entry)

    def side(self, entry: Entry, side: Literal["old", "new"]) -> tuple[str, str | None]:
        """Return the document and the address that an entry speaks of on a side."""
        if side == "new":
            return entry.document or self.new.documents[0].document, entry.new
        there = entry.old_document or entry.document or self.old.documents[0].document
        return there, entry.old

    def _file(self, entry: Entry) -> None:
        """Note an entry under what it speaks of on either side."""
        if entry.new is not None:
            here, _ = self.side(entry, "new")
            for piece in _pieces(entry):
                self.now[here, piece.new or ""] = piece
        if entry.old is not None:
            self.was[self.side(entry, "old")] = entry

    def __iter__(self) -> Iterator[str]:
        """Yield the blocks in order."""
        left_out = 0
        lines = redline(self.aligned)
        shown = self._shown(lines)
        for at, line in enumerate(lines):
            if shown is not None and at not in shown:
                left_out += line.fate in ("kept", "moved-to")
                continue
            block = self._block(line)
            if block and left_out:
                yield _gap(left_out)
                left_out = 0
            yield block
        if left_out:
            yield _gap(left_out)

    def _shown(self, lines: Sequence[RedlineLine]) -> set[int] | None:
        """Return the lines with a change in them and those above them; None for all."""
        if not self.only_changes:
            return None
        at_new = {line.new: at for at, line in enumerate(lines) if line.fate != "moved-from"}
        found: set[int] = set()
        for at, line in enumerate(lines):
            if self._entry(line) is None:
                continue
            found.add(at)
            node = self._above(line)
            while node >= 0:
                found.add(at_new[node])
                node = self.new.parents[node]
        return found

    def _above(self, line: RedlineLine) -> int:
        """Return the nearest thing of the new text that a line stands under."""
        if line.fate not in ("deleted", "moved-from"):
            return self.new.parents[line.new]
        node = self.old.parents[line.old]
        while node >= 0 and self.aligned.new_of[node] < 0:
            node = self.old.parents[node]
        return self.aligned.new_of[node] if node >= 0 else -1

    def _entry(self, line: RedlineLine) -> Entry | None:
        if line.fate in ("deleted", "moved-from"):
            places, node, entries = self.old, line.old, self.was
        else:
            places, node, entries = self.new, line.new, self.now
        entry = entries.get((places.documents[node].document, places.addresses[node]))
        if line.fate == "moved-from" and entry is not None and "moved" not in entry.kinds:
            return None
        return entry

    def _block(self, line: RedlineLine) -> str:
        entry = self._entry(line)
        if line.fate == "moved-from":
            return self._moved_away(line) if entry is not None else ""
        is_gone = line.fate == "deleted"
        if is_gone and entry is None:
            return ""  # joined to another, where its words are
        places, node = (self.old, line.old) if is_gone else (self.new, line.new)
        provision = places.provisions[node]
        if provision is None:
            return self._title(line, entry)
        label = self._label(line, entry)
        number = self._number(places, node, line)
        table = table_html(provision, f"Table of {places.shown(node)}", entry)
        body = f"{_heading(provision, entry)}{_text(provision, entry)}{table}"
        return self._wrapped(places, node, f"{number}<div>{label}{body}</div>", entry, is_gone)

    def _wrapped(
        self, places: Places, node: int, content: str, entry: Entry | None, is_gone: bool
    ) -> str:
        kinds = f' data-change="{" ".join(entry.kinds)}"' if entry else ""
        name = "" if is_gone else f' id="{escape(self.anchor(places, node))}"'
        depth = min(depth_of(places, node), DEEPEST_SHOWN)
        return f'<div class="provision" data-depth="{depth}"{kinds}{name}>{content}</div>\n'

    def anchor(self, places: Places, node: int) -> str:
        """Return what a provision is called in the page's addresses."""
        address = places.addresses[node].replace(" ", "_")
        document = document_slug(places.documents[node].document)
        if not address:
            return document
        return f"{document}/{address}" if self.several else address

    def _number(self, places: Places, node: int, line: RedlineLine) -> str:
        number = escape(places.number(node))
        if not number:
            return '<span class="redline-number"></span>'
        if line.fate == "deleted":
            return f'<span class="redline-number">{deleted(number)}</span>'
        if line.fate == "inserted":
            number = inserted(number)
        link = escape(f"#{self.anchor(places, node)}")
        return f'<a class="redline-number" href="{link}">{number}</a>'

    def _label(self, line: RedlineLine, entry: Entry | None) -> str:
        if entry is None:
            return ""
        words = [self._said(kind, line) for kind in entry.kinds]
        return f'<p class="redline-label">{escape("; ".join(words))}</p>'

    def _said(self, kind: str, line: RedlineLine) -> str:
        before = self.old.shown(line.old) if line.old >= 0 else ""
        if kind == "moved" and before:
            return f"moved here from {before}"
        if kind == "renumbered" and before:
            is_document = self.old.parents[line.old] < 0
            return f"{'renamed' if is_document else 'renumbered'}, was {before}"
        return {"split": "split", "joined": "joined"}.get(kind, kind)

    def _moved_away(self, line: RedlineLine) -> str:
        to = self.new.shown(line.new)
        number = escape(self.old.number(line.old))
        link = escape(f"#{self.anchor(self.new, line.new)}")
        content = (
            f'<span class="redline-number"><del>{heard("stood here: ")}{number}</del></span>'
            f'<div><p class="redline-label"><a href="{link}">moved to {escape(to)}</a></p></div>'
        )
        depth = min(depth_of(self.old, line.old), DEEPEST_SHOWN)
        return f'<div class="provision" data-depth="{depth}" data-change="away">{content}</div>\n'

    def _title(self, line: RedlineLine, entry: Entry | None) -> str:
        gone = line.fate == "deleted"
        document = (self.old if gone else self.new).documents[line.old if gone else line.new]
        tail = f": {document.title}" if document.title else ""
        shown = escape(document.document + tail)
        if line.fate in ("deleted", "inserted"):
            shown = deleted(shown) if gone else inserted(shown)
        elif entry is not None and entry.heading:
            shown = f"{escape(document.document)}: {segments(entry.heading)}"
        label = self._label(line, entry)
        anchor = "" if gone else f' id="{document_slug(document.document)}"'
        return f'{label}<h2 class="redline-document"{anchor}>{shown}</h2>\n'


def _pieces(entry: Entry) -> Iterator[Entry]:
    """Yield what an entry says of each provision that a text was split into; else itself."""
    if "split" not in entry.kinds or not entry.parts:
        yield entry
        return
    ends = [*(part.begin for part in entry.parts[1:]), len(entry.tokens)]
    for at, (part, end) in enumerate(zip(entry.parts, ends, strict=True)):
        tokens = entry.tokens[part.begin : end]
        if at == 0:
            yield replace(entry, tokens=tokens)
        else:
            heading = part.heading or UNSET
            yield Entry(("split",), None, part.address, tokens, entry.document, heading=heading)


def _heading(provision: Provision, entry: Entry | None) -> str:
    if entry is not None and entry.heading:
        return f'<h3 class="redline-heading">{segments(entry.heading)}</h3>'
    if not provision.heading:
        return ""
    return f'<h3 class="redline-heading">{escape(provision.heading)}</h3>'


def _text(provision: Provision, entry: Entry | None) -> str:
    content = segments(entry.tokens) if entry and entry.tokens else marked(provision)
    return f"<p>{content}</p>" if content else ""


def table_html(provision: Provision, name: str, entry: Entry | None = None) -> str:
    """Return a provision's table with its changes, in a holder of that name; '' for none."""
    is_gone = entry is not None and entry.new is None
    table = Table(()) if is_gone else provision.table or Table(())
    if entry is not None and entry.table:
        return _holder(name, "".join(_changed_rows(table, entry.table)))
    if not table.rows:
        return ""
    return _holder(name, "".join(_changed_rows(table, TableChange(()))))


def _holder(name: str, rows: str) -> str:
    return (
        f'<div class="redline-table" role="region" aria-label="{escape(name)}" tabindex="0">'
        f"<table>{rows}</table></div>"
    )


def _changed_rows(table: Table, change: TableChange) -> Iterator[str]:
    """Yield the rows of a table that is, with those that changed and those that went."""
    gone = {row.old: row for row in change.rows if row.kind == "deleted"}
    changed = {row.new: row for row in change.rows if row.kind != "deleted"}
    at_old = at_new = 0
    cells: Iterator[str]
    while at_old in gone or at_new < len(table.rows):
        if at_old in gone:
            cells = iter([segments(cell.tokens) for cell in gone[at_old].cells])
            at_old += 1
        else:
            row = changed.get(at_new)
            cells = _cells(table.rows[at_new], row)
            at_old += row is None or row.kind != "inserted"
            at_new += 1
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _cells(row: tuple[str, ...], change: RowChange | None) -> Iterator[str]:
    told = {cell.new: segments(cell.tokens) for cell in (change.cells if change else ())}
    for column, cell in enumerate(row):
        yield told.get(column, lined(cell))


def _gap(count: int) -> str:
    noun = "provision" if count == 1 else "provisions"
    return f'<p class="redline-gap">{count} unchanged {noun} not shown</p>\n'


def depth_of(places: Places, node: int) -> int:
    """Return how many stand above a node; none above a document."""
    found = 0
    while (node := places.parents[node]) >= 0:
        found += 1
    return found
