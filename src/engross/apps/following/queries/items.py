"""A piece of news, whatever told it."""

from dataclasses import dataclass
from datetime import date

from engross.core.access import Marking
from engross.core.following import Subject
from engross.core.registers.timelines import Told


@dataclass(frozen=True)
class Item:
    """One piece of news: at which position, what of what, and who may read it.

    `told` is the row that tells it; what no register tells has the `kind` of what it is.
    """

    position: int
    heading: str
    heading_href: str
    title: str
    on: date | None
    href: str
    about: frozenset[Subject]
    marking: Marking
    told: Told | None = None
    kind: str = ""
