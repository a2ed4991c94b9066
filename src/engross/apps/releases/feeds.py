"""The Atom feed of the code's versions, and releases and versions as a calendar."""

from dataclasses import dataclass
from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import conditional_page

from engross.apps.legaltext.models import CodeVersionDetails
from engross.apps.legaltext.queries import versions_asked
from engross.apps.registers.feeds import (
    ENTRIES,
    AtomFeed,
    all_day_event,
    calendar_answer,
    new_calendar,
    tag_of,
    uid_of,
    written,
)
from engross.apps.registers.queries import Asked, active_code, option_name
from engross.apps.releases.queries import proposals_by_version, releases_asked
from engross.core.registers.addresses import address_of

MOST_DAYS = 200


@dataclass(frozen=True)
class FedVersion:
    """A version with the number of proposals that came with it."""

    row: CodeVersionDetails
    proposals: int


class VersionsFeed(AtomFeed):
    """The versions of the code, those published and not yet in force among them."""

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
        return f"Version {item.row.version.key}, in force from {written(item.row.effective_on)}"

    def item_description(self, item: FedVersion) -> str:
        row = item.row
        count = f"{item.proposals} proposal{'' if item.proposals == 1 else 's'} came with it"
        pieces = [
            f"Published on {written(row.published_on)}" if row.published_on else "",
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


@conditional_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Send the days on which releases go live and versions of the code take effect."""
    words = active_code().words.get("versions", "versions")
    made = new_calendar("calendar", "releases", name=f"Releases and {words}", product="Releases")
    for row in releases_asked(Asked())[:MOST_DAYS]:
        made.add_component(all_day_event(
            uid=uid_of("release", row.release.key), on=row.released_on, stamp=row.recorded_at,
            summary=f"{option_name('release_kinds', row.kind)}: {row.release}", text=row.scope,
            href=reverse("releases:release", args=[address_of(row.release.key)]),
        ))  # fmt: skip
    for version in versions_asked(Asked())[:MOST_DAYS]:
        made.add_component(all_day_event(
            uid=uid_of("code-version", version.version.key), on=version.effective_on,
            stamp=version.recorded_at, text=version.key_changes,
            summary=f"Version {version.version.key} takes effect",
            href=reverse("releases:version", args=[address_of(version.version.key)]),
        ))  # fmt: skip
    return calendar_answer(made, "releases")
