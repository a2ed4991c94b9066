"""Which papers of the meetings to come are due and not there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.meetings.models import AgendaItem, MeetingDetails, MeetingPaper
from engross.apps.registers.queries import active_code
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.refusals import Refused

FURTHEST = timedelta(days=60)


@dataclass(frozen=True)
class PapersMissing:
    """A meeting whose papers are due on a day: the items of its agenda that have none yet.

    Without an agenda on file all of it is missing, and `items` is empty.
    """

    meeting: MeetingDetails
    due_on: date
    items: tuple[AgendaItem, ...]

    @property
    def paper_class(self) -> str:
        """The narrowest class of the items that are named; '' if none is."""
        ranks = {each.key: each.number("rank") for each in active_code().options("paper_classes")}
        classes = [each.paper_class for each in self.items]
        return max(classes, key=lambda key: ranks.get(key, len(ranks)), default="")


def papers_missing(*, on: date) -> list[PapersMissing]:
    """Return the meetings of whose papers it is time to be reminded on a day.

    Units: the code's `papers_before_meeting` counts Working Days back from the meeting to the day
    on which papers are due, `papers_reminder_lead` from there to the reminder. None for a code
    that sets one of them not.
    """
    rows = MeetingDetails.objects.known_at(None).filter(is_cancelled=False)
    ahead = rows.filter(held_on__gt=on, held_on__lte=on + FURTHEST).select_related("meeting")
    listed = list(ahead.order_by("held_on", "meeting__key"))
    due = [(row, day) for row in listed if (day := _due_on(row, on))]
    meetings = [row.meeting_id for row, _ in due]
    agendas = AgendaItem.objects.known_at(None).filter(meeting__in=meetings)
    items = list(agendas.order_by("meeting", "position", "pk"))
    papers = MeetingPaper.objects.known_at(None).filter(meeting__in=meetings).order_by()
    there = set(papers.values_list("meeting", "reference"))
    return [found for row, day in due for found in _missing(row, day, items, there)]


def _due_on(row: MeetingDetails, on: date) -> date | None:
    """Return the day on which papers of a meeting are due, if it is time to say so."""
    code, calendar = active_code(), calendar_of_the_code()
    try:
        length = int(str(code.parameter("papers_before_meeting", on=row.held_on)))
        lead = int(str(code.parameter("papers_reminder_lead", on=on)))
        due_on = calendar.subtract_working_days(row.held_on, length)
        return due_on if _reminder_on(calendar, due_on, lead) <= on <= due_on else None
    except (LookupError, Refused):
        return None


def _reminder_on(calendar: WorkingDayCalendar, due_on: date, lead: int) -> date:
    return calendar.subtract_working_days(due_on, lead)


def _missing(
    row: MeetingDetails, due_on: date, items: list[AgendaItem], there: set[tuple[int, str]]
) -> Iterator[PapersMissing]:
    own = [each for each in items if each.meeting_id == row.meeting_id]
    missing = tuple(each for each in own if _lacks_paper(each, there))
    has_papers = any(meeting == row.meeting_id for meeting, _ in there)
    is_main = active_code().option("bodies", row.body).flag("is_main")
    if missing or (is_main and not own and not has_papers):
        yield PapersMissing(row, due_on, missing)


def _lacks_paper(item: AgendaItem, there: set[tuple[int, str]]) -> bool:
    """Say whether an item needs a paper that is not there: one that it names, or a proposal's."""
    if item.paper:
        return (item.meeting_id, item.paper) not in there
    return bool(item.proposal)
