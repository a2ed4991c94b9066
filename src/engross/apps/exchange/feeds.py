"""What falls due, as a calendar: assessments, papers, parts that go live, versions to come."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page
from icalendar import Event

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.legaltext.queries import versions_between
from engross.apps.meetings.queries import calendar_meetings, papers_due_on
from engross.apps.proposals.queries import assessments_due
from engross.apps.proposals.queries.registered import tranches_of
from engross.apps.registers.feeds import all_day_event, calendar_answer, new_calendar, uid_of
from engross.apps.registers.queries import last_kept_day, option_name
from engross.core.registers.addresses import address_of

AHEAD = timedelta(days=400)
MOST_MEETINGS = 200


@conditional_page
def deadlines(request: HttpRequest) -> HttpResponse:
    """Send what falls due from today on, as anyone may read it."""
    made = new_calendar("calendar", "deadlines", name="Deadlines", product="Deadlines")
    today = timezone.localdate()
    # The day's first moment: the same calendar is the same bytes all day.
    stamp = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    for event in (*_assessments(today, stamp), *_papers(today), *_parts(today), *_versions(today)):
        made.add_component(event)
    return calendar_answer(made, "deadlines")


def _assessments(today: date, stamp: datetime) -> Iterator[Event]:
    # No longer kept: nobody knows what was returned since.
    if last_kept_day("assessments", today) < today:
        return
    for due in assessments_due(today):
        name = option_name("assessment_kinds", due.kind)
        yield all_day_event(
            uid=uid_of("assessment", f"{due.proposal}/{due.kind}"), on=due.on, stamp=stamp,
            summary=f"Assessment is due: {due.proposal} {name}",
            href=reverse("proposals:proposal", args=[due.proposal]),
        )  # fmt: skip


def _papers(today: date) -> Iterator[Event]:
    working_days = calendar_of_the_code()
    for row in calendar_meetings(body="", most=MOST_MEETINGS):
        on = papers_due_on(row, working_days)
        if on and on >= today and not row.is_cancelled:
            yield all_day_event(
                uid=uid_of("papers", row.meeting.key), on=on, stamp=row.recorded_at,
                summary=f"Papers due: {row.title}",
                href=reverse("meetings:meeting", args=[address_of(row.meeting.key)]),
            )  # fmt: skip


def _parts(today: date) -> Iterator[Event]:
    rows = tranches_of(None).filter(implemented_on__range=(today, today + AHEAD))
    for row in rows.select_related("proposal"):
        yield all_day_event(
            uid=uid_of("part", f"{row.proposal.key}/{row.sequence}"), on=row.implemented_on,
            stamp=row.recorded_at, summary=f"Goes live: {row.proposal}",
            href=reverse("proposals:proposal", args=[row.proposal.label]),
        )  # fmt: skip


def _versions(today: date) -> Iterator[Event]:
    for row in versions_between(today, today + AHEAD):
        yield all_day_event(
            uid=uid_of("code-version", row.version.key), on=row.effective_on,
            stamp=row.recorded_at, summary=f"Version {row.version.key} takes effect",
            href=reverse("releases:version", args=[address_of(row.version.key)]),
        )  # fmt: skip
