"""Answering a question by whichever engine the settings name."""

from dataclasses import dataclass, replace

from engross.apps.search.queries.asking import Asked
from engross.apps.search.queries.backends import Answer
from engross.apps.search.queries.hits import ShownHit, shown_hits
from engross.apps.search.queries.mirror import backend
from engross.apps.search.queries.vocabulary import corrected_text
from engross.core.search import read_query


@dataclass(frozen=True)
class Found:
    """A page of what was found, and how many there are of each kind.

    `corrected` is what was searched for in the place of what was typed, where nothing holds that.
    """

    hits: tuple[ShownHit, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    total: int = 0
    corrected: str = ""

    @property
    def of_all_kinds(self) -> int:
        """How many things answer, whichever kinds were chosen."""
        return sum(count for _, count in self.counts)


def found_by(asked: Asked) -> Found:
    """Return what answers a question; where nothing does, what answers it without its mistakes."""
    if asked.is_empty:
        return Found()
    answer = backend().answer(asked)
    if answer.counts or asked.offset:
        return _found(asked, answer)
    better = corrected_text(asked.text, asked.query)
    if not better:
        return Found()
    again = replace(asked, text=better, query=read_query(better))
    return replace(_found(again, backend().answer(again)), corrected=better)


def _found(asked: Asked, answer: Answer) -> Found:
    chosen = asked.kinds or answer.counts
    return Found(
        hits=tuple(shown_hits(asked, answer.ranked)),
        counts=tuple(sorted(answer.counts.items())),
        total=sum(count for kind, count in answer.counts.items() if kind in chosen),
    )
