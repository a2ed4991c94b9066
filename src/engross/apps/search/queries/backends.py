"""Which engine answers: what each of them has to do, and the one that the settings name."""

from dataclasses import dataclass, field
from typing import Protocol

from engross.apps.search.queries.asking import Asked

ENTRY, TEXT = "entry", "text"


@dataclass(frozen=True)
class Ranked:
    """What answers a question: where it stands (an entry or the text), its id, how well it does."""

    where: str
    pk: int
    score: float


@dataclass(frozen=True)
class Answer:
    """A page of what answers a question, and how many there are of each kind in all.

    The counts are those of all kinds, whichever were chosen.
    """

    ranked: tuple[Ranked, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


class SearchBackend(Protocol):
    """An engine that answers questions with what the reader may find."""

    def answer(self, asked: Asked) -> Answer:
        """Return the page that was asked for; `asked` is not empty."""
        ...
