"""What cannot stand together, before a person has said which side is taken."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

import msgspec

from engross.core.legaltext.merging.reading import Atom
from engross.core.legaltext.merging.results import ConflictKind

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True)
class Option:
    """A side of a clash: the sets that want it, and what is left out unless it is taken.

    `content` is what the side wants, without names of sets: of it the conflict's id is made. `node`
    is what the side speaks of, where sides speak of different things.
    """

    by: tuple[int, ...]
    atoms: frozenset[Atom]
    content: tuple[object, ...]
    node: int | None = None


@dataclass(frozen=True)
class Clash:
    """Sides that exclude one another. `node` is of the base, or is what a set adds.

    `spared` is not left out while nobody has decided, though a side is made of it.
    """

    kind: ConflictKind
    node: int
    key: str
    options: tuple[Option, ...]
    spared: frozenset[Atom] = frozenset()

    @property
    def sets(self) -> frozenset[int]:
        """Every set on any side."""
        return frozenset(by for option in self.options for by in option.by)

    @property
    def place(self) -> str:
        """The part of the id that stays when a side changes."""
        return f"{self.kind}-{_digest((self.kind, self.key), 8)}"

    @property
    def id(self) -> str:
        """The conflict's name: kind, place and what the sides want."""
        contents = sorted(_digest(option.content, 64) for option in self.options)
        return f"{self.place}-{_digest(contents, 12)}"


def in_order(options: Iterable[Option]) -> tuple[Option, ...]:
    """Return sides in an order that only what they want decides."""
    return tuple(sorted(options, key=lambda option: (option.by, _digest(option.content, 64))))


def _digest(value: object, length: int) -> str:
    return sha256(msgspec.json.encode(value)).hexdigest()[:length]


class Groups:
    """Things that hang together, found by joining them two by two."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def find(self, one: int) -> int:
        """Return the thing that stands for all that one hangs together with."""
        while self._above[one] != one:
            self._above[one] = self._above[self._above[one]]
            one = self._above[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Let two things hang together."""
        self._above[self.find(other)] = self.find(one)

    def of(self, things: Sequence[Thing]) -> Iterator[list[Thing]]:
        """Yield the things of each group, in their order."""
        groups: dict[int, list[Thing]] = {}
        for at, thing in enumerate(things):
            groups.setdefault(self.find(at), []).append(thing)
        yield from groups.values()
