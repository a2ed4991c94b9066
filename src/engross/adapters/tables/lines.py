"""Numbered lines, which can be gone through more than once without being held in memory."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Line = tuple[int, Sequence[object]]


@dataclass(frozen=True)
class Lines:
    """Lines that are read anew each time they are gone through; `count` is how many."""

    begin: Callable[[], Iterator[Line]]
    count: int

    def __iter__(self) -> Iterator[Line]:
        return self.begin()

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True)
class Read:
    """What a reader found: tables by name, and notes on how the file was understood."""

    tables: tuple[tuple[str, Lines], ...]
    notes: tuple[str, ...] = ()
