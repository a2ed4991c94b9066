"""The Atom feeds of proposals: those raised and the stages they entered, and of one proposal."""

from collections.abc import Iterator
from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import escape

from engross.apps.proposals import queries
from engross.apps.proposals.models import Proposal, ProposalDetails
from engross.apps.proposals.queries import NewsRow
from engross.apps.registers.feeds import ENTRIES, AtomFeed, EntriesFeed, Entry, tag_of, written
from engross.apps.registers.queries import active_code, timeline_of


class ProposalsFeed(AtomFeed):
    """What is new about proposals."""

    def title(self) -> str:
        code = active_code()
        return f"{code.name}: {code.words.get('proposals', 'Proposals')}"

    def subtitle(self) -> str:
        return "Raised, and the stages they enter"

    def link(self) -> str:
        return reverse("proposals:list")

    def feed_guid(self) -> str:
        return tag_of("proposals")

    def items(self) -> list[NewsRow]:
        return queries.news(ENTRIES)

    def item_title(self, item: NewsRow) -> str:
        if not item.stage:
            return f"{item.identifier} raised: {item.title}"
        printed = active_code().option("proposal_stages", item.stage).text("printed")
        return f"{item.identifier}: {printed}"

    def item_description(self, item: NewsRow) -> str:
        day = written(item.on) if item.on else "on a day not known"
        # Readers take a summary as HTML; what a person typed must not become markup there.
        return escape(". ".join(filter(None, (day, item.title, item.note))))

    def item_link(self, item: NewsRow) -> str:
        return reverse("proposals:proposal", args=[item.identifier])

    def item_guid(self, item: NewsRow) -> str:
        return tag_of(item.register, str(item.entry))

    def item_updateddate(self, item: NewsRow) -> datetime:
        return item.recorded_at


class ProposalFeed(EntriesFeed):
    """What is recorded of one proposal, in whatever register."""

    def get_object(self, request: HttpRequest, identifier: str) -> Proposal:
        found = queries.proposal_called(identifier)
        live = ProposalDetails.objects.known_at(None).filter(proposal=found)
        if found is None or not live.exists():
            raise Http404("There is no such proposal")
        return found

    def title(self, proposal: Proposal) -> str:
        return f"{active_code().short_name}: {proposal}"

    def subtitle(self, proposal: Proposal) -> str:
        return f"What is recorded of {proposal}, and what is planned"

    def link(self, proposal: Proposal) -> str:
        return reverse("proposals:proposal", args=[proposal.label])

    def feed_guid(self, proposal: Proposal) -> str:
        return tag_of("proposals", proposal.key)

    def items(self, proposal: Proposal) -> list[Entry]:
        return list(_events(proposal))[:ENTRIES]


def _events(proposal: Proposal) -> Iterator[Entry]:
    """Tell each row once, by what it told last: what follows changes the entry and not its id."""
    told: set[str] = set()
    for each in timeline_of("proposals", proposal):
        if each.told_at and each.key not in told:
            told.add(each.key)
            day = written(each.on) if each.on else "on a day not known"
            text = ". ".join(filter(None, (day, each.text)))
            yield Entry(each.title, text, each.href, ("of-a-proposal", proposal.key, each.key),
                        each.told_at)  # fmt: skip
