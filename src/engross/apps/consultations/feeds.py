"""The Atom feed of consultations, and the days on which they close as a calendar."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import conditional_page
from icalendar import Event

from engross.apps.consultations import queries
from engross.apps.consultations.models import Consultation
from engross.apps.consultations.queries import NewsRow
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
from engross.apps.registers.queries import active_code

MOST_CLOSINGS = 500
TOLD = {
    "opened": "opened",
    "extended": "open for longer",
    "closed": "closed",
    "published": "answers published",
}


class ConsultationsFeed(AtomFeed):
    """What happened to consultations: opened, open for longer, closed, answers published."""

    def title(self) -> str:
        return f"{active_code().name}: consultations"

    def subtitle(self) -> str:
        return "Opened, open for longer, closed, and their answers published"

    def link(self) -> str:
        return reverse("consultations:list")

    def feed_guid(self) -> str:
        return tag_of("consultations")

    def items(self) -> list[NewsRow]:
        return queries.news(ENTRIES)

    def item_title(self, item: NewsRow) -> str:
        return f"{item.row.reference} {TOLD[item.what]}: {item.row.title}"

    def item_description(self, item: NewsRow) -> str:
        closes = f"Closes on {written(item.row.closes_on)}" if item.row.closes_on else ""
        # Readers take a summary as HTML; what a person typed must not become markup there.
        return escape(". ".join(filter(None, (closes, item.note))))

    def item_link(self, item: NewsRow) -> str:
        return queries.address_of(item.row)

    def item_guid(self, item: NewsRow) -> str:
        return tag_of("consultations", item.row.reference, item.what, f"{item.at:%Y%m%dT%H%M%S}")

    def item_updateddate(self, item: NewsRow) -> datetime:
        return item.at


@conditional_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Send the days on which consultations close, the last of them, as all-day events."""
    made = new_calendar("calendar", "consultations", name="Consultations", product="Consultations")
    for row in queries.closings(MOST_CLOSINGS):
        made.add_component(_closing(row))
    return calendar_answer(made, "consultations")


def _closing(row: Consultation) -> Event:
    if row.closes_on is None or row.closes_at is None:
        raise ValueError(f"{row.reference} is open and has no day on which it closes")
    local = queries.local_time(row.closes_at)
    return all_day_event(
        uid=uid_of("consultation", row.reference),
        on=row.closes_on,
        summary=f"{row.reference} closes at {local:%H:%M}: {row.title}",
        href=queries.address_of(row),
        stamp=row.changed_at,
        text=queries.kind_of(row).name,
        sequence=getattr(row, "times_extended", 0),
    )
