"""What several pages of meetings show."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from engross.apps.meetings.models import MeetingDetails
from engross.core.registers.addresses import address_of
from engross.design.navigation import address
from engross.design.parts import status


def tabs_of(current: str) -> list[dict[str, Any]]:
    """Return the ways into the meetings; votes too, where the site has them."""
    ways = [
        {"label": "By month", "href": reverse("meetings:list"), "is_current": current == "list"},
        {"label": "By body", "href": reverse("meetings:bodies"), "is_current": current == "bodies"},
        {"label": "Votes", "href": address("votes:list"), "is_current": current == "votes"},
    ]
    return [each for each in ways if each["href"]]


def standing_mark(row: MeetingDetails, today: date) -> SafeString | str:
    """Return whether a meeting was held, is today, lies ahead or was cancelled."""
    if row.is_cancelled:
        return status("Cancelled", "stopped")
    if row.held_on > today:
        return status("Ahead", "waiting")
    return status("Today", "open") if row.held_on == today else "Held"


def href_of_meeting(key: str) -> str:
    """Return the address of a meeting's page."""
    return reverse("meetings:meeting", args=[address_of(key)])


def list_href(body: str) -> str:
    """Return the address of the meetings of a body."""
    return f"{reverse('meetings:list')}?{urlencode({'body': body})}"


def calendar_url(body: str) -> str:
    """Return the address of the calendar of a body's meetings; of all without one."""
    query = f"?{urlencode({'body': body})}" if body else ""
    return reverse("meetings:calendar") + query
