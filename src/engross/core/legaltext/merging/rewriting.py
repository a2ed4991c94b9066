"""Edits of a text that edits have given: one list of edits of the first text."""

from collections.abc import Sequence
from typing import NamedTuple

from engross.core.legaltext.change_sets import TextEdit
from engross.core.legaltext.marks import edited_text


class Run(NamedTuple):
    """An edit with where its words stand in the text that it gives."""

    start: int
    end: int
    base_start: int
    base_end: int


def runs_of(edits: Sequence[TextEdit]) -> list[Run]:
    """Return where the words that edits put stand in the text that they give."""
    runs, grown = [], 0
    for at, old, new in edits:
        runs.append(Run(at + grown, at + grown + len(new), at, at + len(old)))
        grown += len(new) - len(old)
    return runs


def composed(text: str, first: Sequence[TextEdit], then: Sequence[TextEdit]) -> list[TextEdit]:
    """Return the edits of a text that do at once what `first`, and `then` edits of that, do.

    Edits of `then` that lie in or touch words that `first` puts become one edit with them.
    """
    current = edited_text(text, first)
    runs = runs_of(first)
    for at, old, new in reversed(then):
        end = at + len(old)
        touched = [run for run in runs if run.start <= end and run.end >= at]
        left = [run for run in runs if run.end < at]
        right = [run for run in runs if run.start > end]
        start, base_start = _back(at, left)
        if touched:
            start, base_start = min((start, base_start), (touched[0].start, touched[0].base_start))
        stop, base_end = _back(end, [*left, *touched])
        if touched and touched[-1].end >= end:
            stop, base_end = touched[-1].end, touched[-1].base_end
        grown = len(new) - len(old)
        current = current[:at] + new + current[end:]
        moved = [Run(run.start + grown, run.end + grown, *run[2:]) for run in right]
        runs = [*left, Run(start, stop + grown, base_start, base_end), *moved]
    return [
        (run.base_start, text[run.base_start : run.base_end], current[run.start : run.end])
        for run in runs
    ]


def _back(at: int, runs: Sequence[Run]) -> tuple[int, int]:
    """Return an offset behind all these runs, and where it is in the first text."""
    return at, (at - runs[-1].end + runs[-1].base_end if runs else at)
