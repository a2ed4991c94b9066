"""The text as it stands on a day, kept by what it says: the same text is read and indexed once."""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from engross.apps.legaltext.models import Recording
from engross.apps.legaltext.queries import code_as_at
from engross.apps.reading.queries.keeping import Kept, named, shared
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, text_hash


@dataclass(frozen=True)
class TextState:
    """All that was ever recorded of the text, by its hash, and the days from which it changed.

    Whatever is made of the text is kept under `hash`: a recording more, and it is made anew.
    """

    hash: str
    days: tuple[date, ...]

    def since(self, on: date) -> date | None:
        """Return the day from which the text reads as it does on a day; None before the first."""
        at = bisect_right(self.days, on)
        return self.days[at - 1] if at else None


def text_state() -> TextState:
    """Return what is recorded of the text by now: one query."""
    rows = Recording.objects.order_by("pk").values_list(
        "pk", "recorded_at", "effective_on", "text_hash", "kind", "reason"
    )
    digest, days = hashlib.sha256(), set()
    for row in rows:
        digest.update(repr(row).encode())
        days.add(row[2])
    return TextState(digest.hexdigest(), tuple(sorted(days)))


@dataclass(frozen=True)
class StandingText:
    """The whole text as it reads from a day on, with its hash and its places."""

    since: date
    code: Code

    @cached_property
    def hash(self) -> str:
        """The `text_hash` of the text."""
        return text_hash(self.code)

    @cached_property
    def places(self) -> Places:
        """Where every provision of the text stands."""
        return Places(self.code)


def standing_text(on: date, *, state: TextState | None = None) -> StandingText | None:
    """Return the whole text as it reads on a day, as known now; None where there is none yet."""
    known = state or text_state()
    since = known.since(on)
    found = text_since(known.hash, since) if since else None
    return found if found and found.code.documents else None


def newest_text(*, state: TextState | None = None) -> StandingText | None:
    """Return the text of the last day from which it reads otherwise, be it still to come."""
    known = state or text_state()
    return standing_text(known.days[-1], state=known) if known.days else None


_kept: Kept[tuple[str, date], StandingText] = Kept(6)
# A text that is kept in another form than before begins with another number here.
_FORM = 1


def text_since(state: str, since: date) -> StandingText:
    """Return the text that reads so from a day on, in the state of all that is recorded."""
    name = named(f"text {_FORM} {since} {state}")

    def make() -> StandingText:
        return StandingText(since, shared(name, Code, lambda: code_as_at(on=since)))

    return _kept.made((state, since), make)
