"""A person's own dates as a calendar to subscribe to, at an address that is theirs alone."""

from datetime import datetime, timedelta
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from icalendar import TRANSP, Event

from engross.apps.consultations.queries import consultations_asking, responses_of_parties
from engross.apps.following import queries
from engross.apps.following.queries.dates import Ahead, deadlines_of, meetings_of
from engross.apps.meetings.feeds import calendar_of
from engross.apps.people.queries import reader_of
from engross.apps.registers.queries import active_code


@cache_control(private=True, max_age=0)
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Send the meetings of a person's bodies and what falls due of what they follow."""
    person = queries.person_of_calendar(token)
    if person is None:
        words = "There is no such calendar. Its owner may have made a new address."
        return HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")
    today, now = timezone.localdate(), timezone.now()
    reader = reader_of(person, today)
    asked = consultations_asking(reader, responses_of_parties(reader), at=now, today=today)
    made = calendar_of(meetings_of(person, reader))
    made.calendar_name = f"{active_code().short_name}: my dates"
    for each in deadlines_of(person, reader, asked, today=today, at=now):
        made.add_component(_event(each, at=now))
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="my-dates.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _event(each: Ahead, *, at: datetime) -> Event:
    named = f"urn:engross:{active_code().key}:{each.kind}:{each.key}"
    return Event.new(
        uid=str(uuid5(NAMESPACE_URL, named)),
        summary=f"{each.kind}: {each.title}",
        start=each.on,
        end=each.on + timedelta(days=1),
        stamp=at,
        transparency=TRANSP.TRANSPARENT,
        url=urljoin(settings.SITE_URL, each.href),
    )
