"""A comparison told as lines for a terminal: every entry on one, with what went and what came."""

from collections.abc import Iterable, Iterator

from msgspec import UNSET

from engross.core.legaltext.comparison import Comparison, Entry

_BRACKETS = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_AROUND = 60  # characters of a text that stays, before and after a change


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield a line for each entry, its address first, and at last the figures."""
    for entry in comparison.entries:
        yield " ".join(part for part in (_head(entry), *_bodies(entry)) if part)
    yield _summary(comparison)


def _head(entry: Entry) -> str:
    document = f"{entry.document}, " if entry.document is not UNSET else ""
    old = entry.old if entry.old_document is UNSET else f"{entry.old_document}, {entry.old}"
    address = entry.new if entry.new is not None else entry.old
    if entry.old is not None and entry.new is not None and old != entry.new:
        address = f"{old} → {entry.new}"
    where = f"{document}{address}".removesuffix(", ") or "the document"
    return f"{where} {', '.join(entry.kinds)}:"


def _bodies(entry: Entry) -> Iterator[str]:
    if entry.heading is not UNSET:
        yield f"heading: {_marked(entry.heading)};" if entry.tokens else _marked(entry.heading)
    yield _marked(entry.tokens)
    if entry.parts is not UNSET:
        yield f"({', '.join(part.address for part in entry.parts)})"
    if entry.table is not UNSET:
        for row in entry.table.rows:
            at = row.old if row.new is None else row.new
            cells = " | ".join(_marked(cell.tokens) for cell in row.cells)
            yield f"[row {'' if at is None else at + 1} {row.kind}: {cells}]"
    if entry.inlines is not UNSET:
        yield "(marks)"


def _marked(tokens: Iterable[tuple[str, str]]) -> str:
    """Return tokens with brackets around what changed, and long stretches that stay cut short."""
    segments = list(tokens)
    parts = []
    for at, (sign, words) in enumerate(segments):
        opening, closing = _BRACKETS[sign]
        said = " ".join(words.splitlines()) if "\n" in words else words
        if sign == "=" and len(said) > 2 * _AROUND:
            before = said[:_AROUND] if at else ""
            after = said[-_AROUND:] if at + 1 < len(segments) else ""
            said = f"{before}…{after}"
        parts.append(opening + said + closing)
    return "".join(parts)


def _summary(comparison: Comparison) -> str:
    summary = comparison.summary
    kinds = ", ".join(f"{count} {kind}" for kind, count in summary.kinds.items() if count)
    figures = f"{summary.tokens.inserted} words or marks put in, {summary.tokens.deleted} taken out"
    return f"{kinds or 'no difference'}; {summary.provisions.unchanged} unchanged; {figures}"
