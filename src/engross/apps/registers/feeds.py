"""What every feed and calendar has in common, and the Atom feed that every register has.

A feed reader sends no cookies, so a feed is of what anyone may read. Ids are made of lasting names
alone: whatever moves or is corrected keeps its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import conditional_page
from icalendar import STATUS, TRANSP, Calendar, Event

from engross.apps.registers.queries import active_code, latest_rows, told_of
from engross.apps.registers.registers import Register, register_named
from engross.core.access import ANYONE

ENTRIES = 60
REFRESHED_EVERY = timedelta(hours=6)
# An id may never change, so it names the year in which it was first given, not today's.
FIRST_YEAR = 2021


def tag_of(*parts: str) -> str:
    """Return an id that lasts whatever address the site moves to (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"tag:{host},{FIRST_YEAR}:{'/'.join((active_code().key, *parts))}"


def written(day: date) -> str:
    """Return a day in words: 5 January 2021."""
    return f"{day:%d %B %Y}".lstrip("0")


class _Atom(Atom1Feed):
    """Atom that is the same bytes until something changes, also while it is empty."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)


class AtomFeed(Feed):  # type: ignore[type-arg]  # no generic when it runs
    """A feed in Atom; who has it already is not sent it again."""

    feed_type = _Atom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the feed, or that what is had still holds."""
        answer: HttpResponse = conditional_page(super().__call__)(request, *args, **kwargs)
        return answer


@dataclass(frozen=True)
class Entry:
    """One entry of a feed: `parts` make its id, `updated` is when it was last recorded."""

    title: str
    text: str
    href: str
    parts: tuple[str, ...]
    updated: datetime


class EntriesFeed(AtomFeed):
    """A feed of entries that are written already; whoever has one says which."""

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        # A summary is HTML to a reader; what a person typed must not become markup there.
        return escape(item.text)

    def item_link(self, item: Entry) -> str:
        return item.href

    def item_guid(self, item: Entry) -> str:
        return tag_of(*item.parts)

    def item_updateddate(self, item: Entry) -> datetime:
        return item.updated


class RegisterFeed(EntriesFeed):
    """What was last recorded in a register."""

    def get_object(self, request: HttpRequest, name: str) -> Register:
        try:
            return register_named(name)
        except LookupError as error:
            raise Http404("There is no such register") from error

    def title(self, register: Register) -> str:
        return f"{active_code().name}: {register.title}"

    def subtitle(self, register: Register) -> str:
        return f"What was last recorded. {register.meaning}"

    def link(self, register: Register) -> str:
        return reverse("registers:list", args=[register.name])

    def feed_guid(self, register: Register) -> str:
        return tag_of("registers", register.name)

    def items(self, register: Register) -> list[Entry]:
        return list(_entries(register))


def _entries(register: Register) -> Iterator[Entry]:
    for row in latest_rows(register, ENTRIES, reader=ANYONE):
        told = told_of(register, row)[0]
        subject = register.subject
        named = getattr(row, subject.name) if subject else None
        # A row that tells nothing of itself is called what it is called everywhere.
        title = told.title if told.title != register.title else str(row)
        title = title if named is None else f"{named}: {title}"
        text = ". ".join(filter(None, (written(told.on) if told.on else "", told.text)))
        href = reverse("registers:entry", args=[register.name, row.entry])
        yield Entry(title, text, href, (register.name, str(row.entry)), row.recorded_at)


def uid_of(what: str, key: str) -> str:
    """Return an event's id, made of lasting names: the same on every day and every machine."""
    return str(uuid5(NAMESPACE_URL, f"urn:engross:{active_code().key}:{what}:{key}"))


def new_calendar(what: str, key: str, *, name: str, product: str) -> Calendar:
    """Return a calendar without events, to subscribe to; `what` and `key` make its id."""
    code = active_code()
    made = Calendar.new(
        uid=uid_of(what, key),
        prodid=f"-//Engross//{product}//EN",
        name=f"{code.short_name}: {name}",
        refresh_interval=REFRESHED_EVERY,
        method="PUBLISH",
    )
    # The standard wants the kind of value said, and the library leaves it out.
    made["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
    made.add("X-WR-TIMEZONE", code.calendar.time_zone)
    return made


def all_day_event(
    *, uid: str, on: date, summary: str, href: str, stamp: datetime, text: str = "",
    sequence: int = 0, is_cancelled: bool = False,
) -> Event:  # fmt: skip
    """Return an event that lasts one day whatever the clocks do, and makes nobody busy."""
    return Event.new(
        uid=uid,
        summary=summary,
        description=text or None,
        start=on,
        end=on + timedelta(days=1),
        stamp=stamp,
        last_modified=stamp,
        sequence=sequence,
        status=STATUS.CANCELLED if is_cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.TRANSPARENT,
        url=urljoin(settings.SITE_URL, href),
    )


def calendar_answer(made: Calendar, name: str) -> HttpResponse:
    """Return a calendar as an answer; `name` is its file's, without an ending."""
    made.add_missing_timezones()
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response
