"""A comparison for a terminal: a table of changes on top, then each change in place.

D7.2  changed: The Panel [-shall-] {+may+} act.
D7.3 to D7.12 became D7.4 to D7.13
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from engross.core.legaltext.comparison_entries import Comparison, Entry, RowChange, Tokens

AROUND = 60  # characters of a text that stays, shown before and after a change
_BRACKETS = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}


def comparison_text(comparison: Comparison) -> str:
    """Return a comparison as lines of plain text, ending in a line break."""
    groups = [list(group) for _, group in groupby(comparison.entries, _Runs())]
    lines = [*_table(comparison), "", *_changes(groups)] if groups else _table(comparison)
    return "".join(f"{line}\n" for line in lines)


class _Runs:
    """Names the run that an entry belongs to: neighbours that only got other numbers are one."""

    def __init__(self) -> None:
        self.run = 0
        self.before: Entry | None = None

    def __call__(self, entry: Entry) -> int:
        if not (self.before and _goes_on(self.before, entry)):
            self.run += 1
        self.before = entry
        return self.run


def _goes_on(before: Entry, entry: Entry) -> bool:
    """Say whether an entry continues a run of siblings that shifted."""
    return (
        before.kinds == entry.kinds == ("renumbered",)
        and bool(before.old and entry.old and before.new and entry.new)
        and before.document == entry.document
        and before.old_document == entry.old_document
        and _stem(before.old or "") == _stem(entry.old or "")
        and _stem(before.new or "") == _stem(entry.new or "")
    )


def _stem(address: str) -> str:
    """Return an address without its last part: 'D7' of 'D7.2', 'D7.2' of 'D7.2(a)'."""
    if address.endswith(")"):
        return address[: address.rfind("(")]
    head, dot, _ = address.rpartition(".")
    return head if dot else address.rstrip("0123456789")


def _table(comparison: Comparison) -> list[str]:
    """Return the figures: how many of each kind, and how much is marked."""
    kinds, tokens = comparison.summary.kinds, comparison.summary.tokens
    provisions = comparison.summary.provisions
    rows: list[tuple[str, str]] = [(kind, str(count)) for kind, count in kinds.items() if count]
    rows.append(("unchanged", f"{provisions.unchanged} of {provisions.old}"))
    width = max(len(kind) for kind, _ in rows)
    lines = [f"{kind:<{width}}  {count}" for kind, count in rows]
    marked = f"{tokens.deleted} words and marks taken away, {tokens.inserted} put there"
    return [*lines, marked] if comparison.entries else ["The texts are the same.", *lines]


def _changes(groups: Iterable[list[Entry]]) -> Iterator[str]:
    document: object = None
    for group in groups:
        first, last = group[0], group[-1]
        if first.document and first.document != document:
            yield f"# {first.document}"
        document = first.document
        if len(group) > 1:
            yield f"{first.old} to {last.old} became {first.new} to {last.new}"
        else:
            yield from _entry(first)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"{_address(entry)}  {', '.join(entry.kinds)}{_said(entry)}"
    if entry.parts:
        parts = ", ".join(part.address for part in entry.parts)
        yield f"    {'into' if 'split' in entry.kinds else 'from'} {parts}"
    if entry.table:
        yield from map(_row, entry.table.rows)
    if entry.inlines:
        yield "    only its emphasis, notes or links"
    if entry.language:
        yield f"    language {entry.language[0]} became {entry.language[1]}"


def _address(entry: Entry) -> str:
    """Return where: 'D7.2', 'D7.2 -> D7.3', 'Section A, A1 -> B2' across documents."""
    old = entry.old if not entry.old_document else f"{entry.old_document}, {entry.old}"
    if entry.old == entry.new == "" or "" in (entry.old, entry.new):
        was = entry.old_document
        return f"document {was} -> {entry.document}" if was else "document"
    if entry.old is None or entry.new is None:
        return entry.new or entry.old or ""
    return entry.new if old == entry.new else f"{old} -> {entry.new}"


def _said(entry: Entry) -> str:
    said = [f"({_marked(entry.heading)})"] if entry.heading else []
    if any(sign != "=" for sign, _ in entry.tokens):
        said.append(_marked(entry.tokens))
    return f": {' '.join(said)}" if said else ""


def _row(row: RowChange) -> str:
    at = row.new if row.new is not None else row.old
    cells = " | ".join(_marked(cell.tokens) for cell in row.cells)
    return f"    row {(at or 0) + 1} {row.kind}: {cells}"


def _marked(tokens: Tokens) -> str:
    """Return tokens in brackets, and of long runs that stay only what is near a change."""
    found = []
    for at, (sign, text) in enumerate(tokens):
        said = " ".join(text.split("\n"))
        if sign == "=" and len(said) > 2 * AROUND:
            before = said[:AROUND] if at else ""
            after = said[-AROUND:] if at + 1 < len(tokens) else ""
            said = f"{before}…{after}"
        opening, closing = _BRACKETS[sign]
        found.append(f"{opening}{said}{closing}")
    return "".join(found)
