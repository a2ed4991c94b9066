"""The Atom feed of the code's versions."""

from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from engross.apps.legaltext.models import CodeVersionDetails
from engross.apps.legaltext.queries import versions_asked
from engross.apps.registers.queries import Asked, active_code, option_name
from engross.apps.releases.queries import proposals_by_version
from engross.core.registers.addresses import address_of

ENTRIES = 60
# An id may never change, so it names the year in which it was first given, not today's.
FIRST_YEAR = 2021


@dataclass(frozen=True)
class FedVersion:
    """A version with the number of proposals that came with it."""

    row: CodeVersionDetails
    proposals: int


def tag_of(*parts: str) -> str:
    """Return an id that lasts whatever address the site moves to (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{FIRST_YEAR}:{'/'.join((active_code().key, *parts))}"


class VersionsFeed(Feed):  # type: ignore[type-arg]  # no generic when it runs
    """The versions of the code, those published and not yet in force among them."""

    feed_type = Atom1Feed

    def title(self) -> str:
        code = active_code()
        return f"{code.name}: {code.words.get('versions', 'versions')}"

    def subtitle(self) -> str:
        return "When each takes effect, and what made it"

    def link(self) -> str:
        return reverse("releases:versions")

    def feed_guid(self) -> str:
        return tag_of("code-versions")

    def items(self) -> list[FedVersion]:
        rows = list(versions_asked(Asked())[:ENTRIES])
        counts = proposals_by_version([row.version_id for row in rows])
        return [FedVersion(row, counts.get(row.version_id, 0)) for row in rows]

    def item_title(self, item: FedVersion) -> str:
        return f"Version {item.row.version.key}, in force from {_written(item.row.effective_on)}"

    def item_description(self, item: FedVersion) -> str:
        row = item.row
        count = f"{item.proposals} proposal{'' if item.proposals == 1 else 's'} came with it"
        pieces = [
            f"Published on {_written(row.published_on)}" if row.published_on else "",
            option_name("version_reasons", row.cause) if row.cause else "",
            row.key_changes.rstrip("."),
            count if item.proposals else "",
        ]
        # A summary is HTML to a reader; what a person typed must not become markup there.
        return escape(". ".join(piece for piece in pieces if piece))

    def item_link(self, item: FedVersion) -> str:
        return reverse("releases:version", args=[address_of(item.row.version.key)])

    def item_guid(self, item: FedVersion) -> str:
        return tag_of("code-versions", address_of(item.row.version.key))

    def item_pubdate(self, item: FedVersion) -> datetime | None:
        if item.row.published_on is None:
            return None
        return timezone.make_aware(datetime.combine(item.row.published_on, time.min))

    def item_updateddate(self, item: FedVersion) -> datetime:
        return item.row.recorded_at


def _written(day: object) -> str:
    return f"{day:%d %B %Y}".lstrip("0")
