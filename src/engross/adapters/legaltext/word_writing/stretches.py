"""Two texts as stretches: what both have, what only the old one has, what only the new one has."""

from collections.abc import Iterator

from engross.adapters.legaltext.word_writing.runs import Stretch
from engross.core.legaltext.changing.texts import text_edits
from engross.core.legaltext.marks import Inlines, cut
from engross.core.legaltext.provisions import Inline


def stretches(old: str, new: str, was: Inlines = (), now: Inlines = ()) -> list[Stretch]:
    """Return the stretches of two texts and the marks `was` and `now` over them."""
    return list(_stretches(old, new, was, now))


def _stretches(old: str, new: str, was: Inlines, now: Inlines) -> Iterator[Stretch]:
    at_old = at_new = 0
    for offset, gone, put in (*text_edits(old, new), (len(old), "", "")):
        same = offset - at_old
        last = offset == len(old) and not gone and not put
        if same or (last and not old and not new):
            yield Stretch(
                "=",
                old[at_old:offset],
                _over(was, at_old, offset),
                _over(now, at_new, at_new + same),
            )
        at_old, at_new = offset, at_new + same
        if gone:
            yield Stretch("-", gone, _over(was, at_old, at_old + len(gone)), ())
        if put:
            yield Stretch("+", put, (), _over(now, at_new, at_new + len(put)))
        at_old, at_new = at_old + len(gone), at_new + len(put)


def _over(marks: Inlines, start: int, end: int) -> Inlines:
    """Return the marks over a run; a mark over nothing belongs to the run that ends with it."""
    points = tuple(
        Inline(mark.kind, mark.start - start, mark.end - start, mark.note)
        for mark in marks
        if mark.start == mark.end and (start < mark.start <= end or mark.start == start == 0)
    )
    return (*cut(marks, start, end), *points)
