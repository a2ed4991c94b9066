"""What votes tell on the timeline of the proposal on which a body votes."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from engross.apps.dates.queries import day_of
from engross.apps.proposals.models import Proposal
from engross.apps.registers.queries import RowsAbout, option_name
from engross.apps.votes.models import Vote
from engross.apps.votes.queries.votes import votes_on
from engross.core.registers.timelines import Told


def votes_told(about: RowsAbout) -> Iterable[Told]:
    """Tell of the votes that a reader may see when they opened, and what they came to."""
    if not about.is_named_in(Vote):
        return []
    proposal = Proposal(pk=about.identity.pk)
    told = [each for vote in votes_on(proposal, reader=about.reader)[::-1] for each in _told(vote)]
    if about.known_at:
        told = [each for each in told if each.told_at and each.told_at <= about.known_at]
    return told


def _told(vote: Vote) -> Iterator[Told]:
    href, key = reverse("votes:vote", args=[vote.pk]), f"votes/{vote.pk}"
    body = option_name("bodies", vote.body)
    yield Told(day_of(vote.opens_at), f"{body}: vote opened", vote.title, href=href,
               key=f"{key}/opened", told_at=vote.recorded_at)  # fmt: skip
    if vote.counted_at and vote.result:
        yield Told(day_of(vote.counted_at), f"{body}: vote counted", vote.result["sentence"],
                   href=href, key=f"{key}/counted", told_at=vote.counted_at)  # fmt: skip
