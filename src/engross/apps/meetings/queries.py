"""Reading meetings: a month of them, one with its papers, and what a calendar subscribes to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet

from engross.apps.meetings.models import AgendaItem, Meeting, MeetingDetails, MeetingPaper
from engross.apps.registers.queries import Asked, active_code, rows_of
from engross.apps.registers.registers import register_named
from engross.core.access import Reader
from engross.core.dates.months import Month
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.refusals import Refused
from engross.core.registers.addresses import keys_at

Rows = QuerySet[MeetingDetails, MeetingDetails]


class MeetingRow(NamedTuple):
    """A meeting as recorded, for figures."""

    meeting: str
    body: str
    number: str
    title: str
    held_on: date
    summary: str
    link: str
    basis: str

    @property
    def is_extraordinary(self) -> bool:
        """Say whether it met outside its rhythm, as X or XX behind its number tells."""
        return self.number.upper().endswith("X")


_FIELDS = ("meeting__key", "body", "number", "title", "held_on", "summary", "link", "basis")


def meetings_between(
    first: date, last: date, *, known_at: datetime | None = None
) -> list[MeetingRow]:
    """Return the meetings from `first` to `last`, both included, in order; none cancelled."""
    rows = _held(known_at).filter(held_on__range=(first, last))
    ordered = rows.order_by("held_on", "title", "meeting__key")
    return [MeetingRow(*values) for values in ordered.values_list(*_FIELDS)]


def last_meeting_until(
    bodies: Collection[str], day: date, *, known_at: datetime | None = None
) -> MeetingRow | None:
    """Return the last meeting of any of these bodies that was held by a day; None if none was."""
    rows = _held(known_at).filter(body__in=bodies, held_on__lte=day)
    found = rows.order_by("-held_on", "-meeting__key").values_list(*_FIELDS).first()
    return MeetingRow(*found) if found else None


def next_meetings_after(day: date, *, known_at: datetime | None = None) -> dict[str, date]:
    """Return for each body that is known to meet after a day when it does so first."""
    rows = _held(known_at).filter(held_on__gt=day).order_by().values("body")
    return dict(rows.annotate(next_on=Min("held_on")).values_list("body", "next_on"))


def _held(known_at: datetime | None) -> Rows:
    rows: Rows = MeetingDetails.objects.known_at(known_at).filter(is_cancelled=False)
    return rows


def meetings_asked(asked: Asked, *, month: Month | None = None, category: str = "") -> Rows:
    """Return the meetings that were asked for: a month's in order, else the latest first."""
    rows: Rows = rows_of(register_named("meetings"), asked)  # type: ignore[assignment]
    if category:
        rows = rows.filter(body__in=bodies_of(category))
    if month:
        rows = rows.filter(held_on__range=(month.first_day, month.last_day))
        rows = rows.order_by("held_on", "title", "meeting_id", "entry")
    return rows


def bodies_of(category: str) -> list[str]:
    """Return the keys of the bodies whose meetings are listed under a category."""
    options = active_code().options("bodies")
    return [each.key for each in options if each.text("category") == category]


def months_beside(month: Month) -> tuple[Month | None, Month | None]:
    """Return the nearest months before and after one that have meetings; None if none has."""
    rows = MeetingDetails.objects.known_at(None).order_by()
    found = rows.aggregate(
        before=Max("held_on", filter=Q(held_on__lt=month.first_day)),
        after=Min("held_on", filter=Q(held_on__gt=month.last_day)),
    )
    before, after = found["before"], found["after"]
    return (Month.of(before) if before else None, Month.of(after) if after else None)


def meeting_at(address: str, *, known_at: datetime | None = None) -> MeetingDetails | None:
    """Return the meeting that an address means, as known at a moment; None if there is none."""
    rows = MeetingDetails.objects.known_at(known_at).filter(meeting__key__in=keys_at(address))
    return rows.select_related("meeting").order_by("meeting__key").first()


def meeting_keys() -> list[str]:
    """Return the lasting name of every meeting that was ever recorded."""
    return list(Meeting.objects.order_by("key").values_list("key", flat=True))


def meetings_beside(row: MeetingDetails) -> tuple[MeetingDetails | None, MeetingDetails | None]:
    """Return the meetings of the same body just before and just after one."""
    rows = MeetingDetails.objects.known_at(None).filter(body=row.body).select_related("meeting")
    same = Q(held_on=row.held_on)
    key = row.meeting.key
    before = rows.filter(Q(held_on__lt=row.held_on) | same & Q(meeting__key__lt=key))
    after = rows.filter(Q(held_on__gt=row.held_on) | same & Q(meeting__key__gt=key))
    return (
        before.order_by("-held_on", "-meeting__key").first(),
        after.order_by("held_on", "meeting__key").first(),
    )


def papers_of(
    meeting: int, *, reader: Reader, known_at: datetime | None = None
) -> list[MeetingPaper]:
    """Return the papers of a meeting that the reader may see, by class and then reference."""
    asked = Asked(known_at=known_at, reader=reader)
    papers: Any = rows_of(register_named("papers"), asked)
    rows = papers.filter(meeting=meeting)
    order = {each.key: each.number("rank") for each in active_code().options("paper_classes")}
    return sorted(rows, key=lambda row: (order.get(row.paper_class, 0), row.reference))


def agenda_of(
    meeting: int, *, reader: Reader, known_at: datetime | None = None
) -> list[AgendaItem]:
    """Return the items on a meeting's agenda that the reader may see, in their order."""
    asked = Asked(known_at=known_at, reader=reader)
    items: Any = rows_of(register_named("agenda-items"), asked)
    return list(items.filter(meeting=meeting).order_by("position", "pk"))


def paper_counts(meetings: Collection[int], *, reader: Reader) -> dict[int, int]:
    """Return how many papers of each of these meetings the reader may see; 0 is left out."""
    papers: Any = rows_of(register_named("papers"), Asked(reader=reader))
    rows: Any = papers.filter(meeting__in=meetings).order_by().values("meeting")
    return dict(rows.annotate(count=Count("pk")).values_list("meeting", "count"))


@dataclass(frozen=True)
class BodyMeetings:
    """How often a body has met, when it met last, and when it meets next."""

    body: str
    count: int
    last_on: date | None
    next_on: date | None


def bodies_that_meet(day: date) -> dict[str, BodyMeetings]:
    """Return for each body that has meetings what there is before and after `day`.

    A cancelled meeting is neither the last nor the next.
    """
    rows = MeetingDetails.objects.known_at(None).filter(is_cancelled=False).order_by()
    found = rows.values("body").annotate(
        count=Count("pk"),
        last_on=Max("held_on", filter=Q(held_on__lte=day)),
        next_on=Min("held_on", filter=Q(held_on__gt=day)),
    )
    fields = ("body", "count", "last_on", "next_on")
    return {row[0]: BodyMeetings(*row) for row in found.values_list(*fields)}


def calendar_meetings(*, body: str = "", most: int) -> list[MeetingDetails]:
    """Return the latest meetings, of one body or of all, cancelled ones too, in order of days."""
    rows = MeetingDetails.objects.known_at(None).select_related("meeting")
    if body:
        rows = rows.filter(body=body)
    return sorted(rows.order_by("-held_on", "-meeting_id")[:most],
                  key=lambda row: (row.held_on, row.meeting.key))  # fmt: skip


def corrections_of(rows: Collection[MeetingDetails]) -> dict[int, int]:
    """Return how often each of these meetings was corrected, by meeting."""
    ids = {row.meeting_id for row in rows}
    first, last = (f({row.held_on for row in rows}, default=date.min) for f in (min, max))
    days = MeetingDetails.objects.known_at(None).filter(held_on__range=(first, last))
    recorded = MeetingDetails.objects.filter(meeting__in=days.order_by().values("meeting"))
    counted = recorded.order_by().values("meeting").annotate(count=Count("pk"))
    counts = counted.values_list("meeting", "count")
    return {meeting: count - 1 for meeting, count in counts if meeting in ids}


def papers_due_on(row: MeetingDetails, calendar: WorkingDayCalendar) -> date | None:
    """Return the day by which papers for a meeting are to be sent.

    The code's `papers_before_meeting` counts back Working Days from the day of the meeting, and
    speaks of its main body only. None for any other body, a cancelled meeting, or a code that
    sets no such time.
    """
    if row.is_cancelled:
        return None
    code = active_code()
    try:
        if not code.option("bodies", row.body).flag("is_main"):
            return None
        length = int(str(code.parameter("papers_before_meeting", on=row.held_on)))
        return calendar.subtract_working_days(row.held_on, length)
    except (LookupError, Refused):
        return None
