"""The meetings as a calendar to subscribe to (iCalendar, RFC 5545)."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import conditional_page
from icalendar import Calendar, Event

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.meetings import queries
from engross.apps.meetings.models import MeetingDetails
from engross.apps.registers.feeds import all_day_event, calendar_answer, new_calendar, uid_of
from engross.apps.registers.queries import active_code, option_name
from engross.core.registers.addresses import address_of

MOST_MEETINGS = 500


@conditional_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Send the latest meetings, of the body asked for or of all, as all-day events."""
    body = request.GET.get("body", "")
    known = {each.key: each for each in active_code().options("bodies")}
    if body and body not in known:
        words = f"There is no body '{body[:60]}'. Write one of {', '.join(sorted(known))}."
        return HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")
    made = calendar_of(queries.calendar_meetings(body=body, most=MOST_MEETINGS), body=body)
    return calendar_answer(made, body or "meetings")


def calendar_of(rows: list[MeetingDetails], *, body: str = "") -> Calendar:
    """Return meetings, and the days on which papers are due, as one calendar."""
    name = option_name("bodies", body) if body else "Meetings"
    made = new_calendar("calendar", body, name=name, product="Meetings")
    corrected = queries.corrections_of(rows)
    working_days = calendar_of_the_code()
    for row in rows:
        due = queries.papers_due_on(row, working_days)
        times = corrected.get(row.meeting_id, 0)
        made.add_component(_meeting_event(row, due, corrections=times))
        if due:
            made.add_component(_papers_event(row, due, corrections=times))
    return made


def _written(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _meeting_event(row: MeetingDetails, due: date | None, *, corrections: int) -> Event:
    due_words = f"Papers are due by {_written(due)}." if due else ""
    return _all_day(
        row,
        on=row.held_on,
        summary=f"Cancelled: {row.title}" if row.is_cancelled else row.title,
        text="\n".join(filter(None, (option_name("bodies", row.body), row.summary, due_words))),
        what="meeting",
        corrections=corrections,
    )


def _papers_event(row: MeetingDetails, due: date, *, corrections: int) -> Event:
    return _all_day(
        row,
        on=due,
        summary=f"Papers due: {row.title}",
        text=f"For the meeting on {_written(row.held_on)}.",
        what="papers",
        corrections=corrections,
    )


def _all_day(
    row: MeetingDetails, *, on: date, summary: str, text: str, what: str, corrections: int
) -> Event:
    """Return an event that lasts one day whatever the clocks do; its UID never changes."""
    event = all_day_event(
        uid=uid_of(what, row.meeting.key),
        on=on,
        summary=summary,
        href=reverse("meetings:meeting", args=[address_of(row.meeting.key)]),
        stamp=row.recorded_at,
        text=text,
        sequence=corrections,
        is_cancelled=row.is_cancelled,
    )
    event.add("categories", [option_name("bodies", row.body)])
    return event
