"""The marks over a text when the text is edited, cut or put together."""

from collections.abc import Iterable, Sequence

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from engross.core.legaltext.change_sets import TextEdit
from engross.core.legaltext.provisions import Inline

Inlines = tuple[Inline, ...]


def listed(inlines: Inlines | UnsetType) -> Inlines:
    """Return a provision's marks, none as an empty tuple."""
    return inlines or ()


def kept(inlines: Iterable[Inline]) -> Inlines | UnsetType:
    """Return marks as a provision holds them: in order, and nothing at all where there are none."""
    return tuple(inlines) or UNSET


def edited_text(text: str, edits: Sequence[TextEdit]) -> str:
    """Return a text with edits made: (offset, taken away, put there), in order and apart.

    Raises ValueError where the text does not hold what an edit takes away.
    """
    parts: list[str] = []
    at = 0
    for offset, old, new in edits:
        if offset < at or text[offset : offset + len(old)] != old:
            raise ValueError(f"the text does not hold {old!r} at {offset}")
        parts.append(text[at:offset])
        parts.append(new)
        at = offset + len(old)
    parts.append(text[at:])
    return "".join(parts)


def shifted_offset(offset: int, edits: Sequence[TextEdit], *, starts: bool) -> int:
    """Return where an offset of the old text is in the new one.

    What is put in exactly at a mark's start or end stays outside the mark. An offset inside
    what is taken away goes behind what replaces it if it `starts` a mark, else before it.
    """
    moved = offset
    for at, old, new in edits:
        end = at + len(old)
        if offset > end or (offset == end and (old or starts)):
            moved += len(new) - len(old)
        elif offset > at:
            moved += (at - offset) + (len(new) if starts else 0)
        else:
            break
    return moved


def shifted(inlines: Inlines, edits: Sequence[TextEdit]) -> Inlines:
    """Return marks carried over edits; one whose whole text is taken away is gone."""
    if not inlines or not edits:
        return inlines
    carried = (
        replace(
            mark,
            start=shifted_offset(mark.start, edits, starts=True),
            end=shifted_offset(mark.end, edits, starts=False),
        )
        for mark in inlines
    )
    pairs = zip(inlines, carried, strict=True)
    return tuple(new for old, new in pairs if new.start < new.end or old.start == old.end)


def cut(inlines: Inlines, start: int, end: int) -> Inlines:
    """Return the marks over a run of the text, counted from its start."""
    within = (
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in inlines
        if mark.start < end and mark.end > start
    )
    return tuple(within)


def moved_on(inlines: Inlines, by: int) -> Inlines:
    """Return marks over a text that now begins `by` code points later."""
    return tuple(replace(mark, start=mark.start + by, end=mark.end + by) for mark in inlines)
