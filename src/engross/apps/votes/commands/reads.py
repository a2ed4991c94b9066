"""Writing down who read a vote whose class reaches few."""

from collections.abc import Collection
from datetime import datetime

from engross.apps.files.commands import LOGGED, log_read
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import marking_of
from engross.core.access import Reader


def log_votes_read(votes: Collection[Vote], *, reader: Reader, at: datetime) -> None:
    """Write down those of the votes that reach a circle or the persons named, if there are any."""
    kept = [vote for vote in votes if marking_of(vote).reach in LOGGED]
    if not kept:
        return
    log_read(
        reader,
        kind="votes",
        title=kept[0].title if len(kept) == 1 else "Votes",
        markings=[marking_of(vote) for vote in kept],
        entries=[str(vote.pk) for vote in kept],
        at=at,
    )
