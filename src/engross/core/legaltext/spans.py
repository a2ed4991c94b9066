"""Spans of a text that are accounted for, asked about many times."""

from bisect import bisect_right
from collections.abc import Iterable

Span = tuple[int, int]


class Spans:
    """Spans put in order and, where they overlap, made one: a question costs a few steps."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            elif start < end:
                self.starts.append(start)
                self.ends.append(end)

    def within(self, start: int, end: int) -> list[Span]:
        """Return the spans that share a character with the one from `start` up to `end`."""
        at = bisect_right(self.ends, start)
        found = []
        while at < len(self.starts) and self.starts[at] < end:
            found.append((self.starts[at], self.ends[at]))
            at += 1
        return found
