"""The registers of meetings and of their papers."""

from collections.abc import Iterable, Mapping
from typing import Any

from engross.apps.meetings.models import AgendaItem, Meeting, MeetingDetails, MeetingPaper
from engross.apps.registers.queries import in_batches
from engross.apps.registers.registers import MarkedBy, Register, add_register
from engross.core.meetings.references import read_reference
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value


def _new_meeting(key: str, values: Mapping[str, Value]) -> dict[str, Any]:
    return {"label": str(values["title"])}


def _relabel_meetings(touched: set[int]) -> None:
    """Give each meeting its title; its lasting name if it was withdrawn."""
    for batch in in_batches(touched):
        rows = MeetingDetails.objects.known_at(None).filter(meeting_id__in=batch)
        titles = dict(rows.order_by().values_list("meeting_id", "title"))
        changed = []
        for meeting in Meeting.objects.filter(pk__in=batch).order_by("pk"):
            label = titles.get(meeting.pk, meeting.key)
            if meeting.label != label:
                meeting.label = label
                changed.append(meeting)
        Meeting.objects.bulk_update(changed, ["label"])


def _month_with_report(values: Mapping[str, Value]) -> Iterable[Reason]:
    if bool(values["report"]) != bool(values["month"]):
        yield Reason("a report without its month, or a month without its report",
                     "both, or neither")  # fmt: skip


def _reference_has_its_form(values: Mapping[str, Value]) -> Iterable[Reason]:
    if read_reference(str(values["reference"])) is None:
        form = "one such as SECP_97_1510_17: body, meeting, day and month, paper"
        yield Reason(f"the reference {values['reference']}", form)


def _reasons_against_paper(values: Mapping[str, Value]) -> Iterable[Reason]:
    yield from _month_with_report(values)
    yield from _reference_has_its_form(values)


meetings = add_register(
    Register(
        name="meetings",
        title="Meetings",
        meaning="Each meeting: its body and number, its day, what came of it",
        model=MeetingDetails,
        columns=(
            Column("meeting", "The meeting's lasting name", Kind.IDENTIFIER, required=True,
                   identifies=True, longest=120, example="SSC_132"),
            Column("body", "The body that meets", Kind.CHOICE, required=True, choices="bodies",
                   example="ssc"),
            Column("number", "Its number; X and XX mark extraordinary meetings", Kind.IDENTIFIER,
                   longest=20, example="132"),
            Column("title", "Its title", required=True, longest=200,
                   example="Security Sub-Committee Meeting 132"),
            Column("held_on", "The day", Kind.DAY, required=True, example="2021-09-22"),
            Column("is_cancelled", "Whether it did not take place", Kind.FLAG, default=False),
            Column("hosted_by", "The organisation that hosts it", longest=200),
            Column("summary", "What came of it, in a few sentences", longest=2000),
            Column("link", "Where its headlines or minutes are", Kind.LINK),
        ),
        key=("meeting",),
        order=("held_on", "meeting"),
        day="held_on",
        filters=("body",),
        identity=Meeting,
        new_identity=_new_meeting,
        after_change=_relabel_meetings,
    )
)  # fmt: skip

papers = add_register(
    Register(
        name="papers",
        title="Papers",
        meaning="Papers to meetings, by reference, with class and action",
        model=MeetingPaper,
        columns=(
            Column("reference", "The paper's reference", Kind.IDENTIFIER, required=True,
                   longest=60, example="SECP_97_1510_17"),
            Column("meeting", "The meeting", Kind.REFERENCE, required=True, refers_to="meetings",
                   longest=120, example="SECP_97"),
            Column("title", "Its title", required=True, example="Operations Report"),
            Column("paper_class", "Its class", Kind.CHOICE, required=True,
                   choices="paper_classes", example="white"),
            Column("action", "What the body is asked to do", Kind.CHOICE,
                   choices="paper_actions", example="information"),
            Column("written_on", "The day it was written", Kind.DAY),
            Column("report", "The report of this platform that it is", Kind.IDENTIFIER,
                   longest=60, example="operations-report"),
            Column("month", "The month that the report is about", Kind.MONTH,
                   example="2021-09"),
            Column("link", "Where it is published", Kind.LINK),
        ),
        key=("reference",),
        order=("reference",),
        filters=("paper_class", "action"),
        row_rules=_reasons_against_paper,
        marked_by=MarkedBy("paper_class", body="meeting"),
    )
)  # fmt: skip

agenda_items = add_register(
    Register(
        name="agenda-items",
        title="Agenda items",
        meaning="What each meeting is to deal with, in its order, with class and action",
        model=AgendaItem,
        columns=(
            Column("meeting", "The meeting", Kind.REFERENCE, required=True, refers_to="meetings",
                   longest=120, example="SECP_97"),
            Column("position", "Its place on the agenda", Kind.WHOLE, required=True, least=1,
                   example="4"),
            Column("title", "What it is about", required=True, example="MP078: vote"),
            Column("proposal", "The proposal that it is about, if it is about one",
                   Kind.IDENTIFIER, longest=40, example="MP078"),
            Column("paper", "The reference of its paper", Kind.IDENTIFIER, longest=60,
                   example="SECP_97_1510_17"),
            Column("action", "What the body is asked to do", Kind.CHOICE,
                   choices="paper_actions", example="decision"),
            Column("minutes", "How long it is planned to take, in minutes", Kind.WHOLE, least=1,
                   example="15"),
            Column("paper_class", "Its class", Kind.CHOICE, required=True,
                   choices="paper_classes", example="white"),
        ),
        key=("meeting", "position"),
        order=("meeting", "position"),
        filters=("action", "paper_class"),
        marked_by=MarkedBy("paper_class", body="meeting"),
    )
)  # fmt: skip
