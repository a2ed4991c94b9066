"""The Atom feed of proposals: those raised, and the stages that they entered."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from engross.apps.proposals import queries
from engross.apps.proposals.queries import NewsRow
from engross.apps.registers.queries import active_code

ENTRIES = 60
# An id may never change, so it names the year in which it was first given, not today's.
FIRST_YEAR = 2021


def tag_of(*parts: str) -> str:
    """Return an id that lasts whatever address the site moves to (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{FIRST_YEAR}:{'/'.join((active_code().key, *parts))}"


class ProposalsFeed(Feed):  # type: ignore[type-arg]  # no generic when it runs
    """What is new about proposals."""

    feed_type = Atom1Feed

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
        day = f"{item.on:%d %B %Y}".lstrip("0") if item.on else "on a day not known"
        # Readers take a summary as HTML; what a person typed must not become markup there.
        return escape(". ".join(filter(None, (day, item.title, item.note))))

    def item_link(self, item: NewsRow) -> str:
        return reverse("proposals:proposal", args=[item.identifier])

    def item_guid(self, item: NewsRow) -> str:
        return tag_of(item.register, str(item.entry))

    def item_updateddate(self, item: NewsRow) -> datetime:
        return item.recorded_at
