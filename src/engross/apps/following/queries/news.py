"""What is new between two positions of the audit's chain, and what it is about.

The events say which registers changed at which moments; the rows recorded then are the news, in
the words in which a timeline tells them. What stands in no register is told of its events.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from engross.apps.audit.models import Event
from engross.apps.audit.queries import events_after
from engross.apps.following.queries.happenings import HAPPENINGS, happenings_of
from engross.apps.following.queries.items import Item
from engross.apps.following.queries.subjects import href_of
from engross.apps.following.queries.surroundings import Surroundings
from engross.apps.legaltext.queries import provision_history, provisions_touched
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.queries import markings_of, told_of
from engross.apps.registers.registers import Register, register_named
from engross.core.access import Marking
from engross.core.following import Kind, Subject
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.registers.addresses import address_of

_CHANGES = ("register.import", "register.record", "register.correct", "register.withdraw")
_TEXTS = ("text.import", "text.publication", "text.correction")
MOST_ROWS = 20_000


def news_between(after: int, until: int) -> list[Item]:
    """Return what is new after a position up to another, in the order in which it happened."""
    events = events_after(after).filter(pk__lte=until)
    changes = list(events.filter(action__in=_CHANGES))
    texts = list(events.filter(action__in=_TEXTS))
    happened = list(events.filter(action__in=HAPPENINGS))
    items = [*_of_registers(changes), *_of_texts(texts), *happenings_of(happened)]
    return sorted(items, key=lambda item: (item.position, item.heading))


def _of_registers(events: Iterable[Event]) -> Iterator[Item]:
    by_register: dict[str, dict[Any, Event]] = defaultdict(dict)
    for event in events:
        by_register[event.subject.partition("/")[0]][event.happened_at] = event
    changed: list[tuple[Register, RecordedRow, Event, Marking]] = []
    for name, moments in by_register.items():
        register = register_named(name)
        rows = _rows_at(register, moments)
        markings = markings_of(register, rows)
        for row, marking in zip(rows, markings, strict=True):
            changed.append((register, row, _event_of(row, moments), marking))
    surroundings = Surroundings.of_rows(row for _, row, _, _ in changed)
    for register, row, event, marking in changed:
        yield from _items_of(register, row, event, marking, surroundings)


def _rows_at(register: Register, moments: Mapping[Any, Event]) -> list[Any]:
    """Return the rows that were recorded at these moments and still stand, or were withdrawn."""
    related = [column.name for column in register.references]
    rows = register.model.objects.select_related(*related)
    withdrawn = [at for at, event in moments.items() if event.action == "register.withdraw"]
    recorded = rows.known_at(None).filter(recorded_at__in=list(moments))
    gone = rows.filter(superseded_at__in=withdrawn) if withdrawn else rows.none()
    return [*recorded.order_by("pk")[:MOST_ROWS], *gone.order_by("pk")]


def _event_of(row: RecordedRow, moments: Mapping[Any, Event]) -> Event:
    at = row.superseded_at if row.superseded_at in moments else row.recorded_at
    return moments[at]


def _about(register: Register, row: Any, around: Surroundings) -> frozenset[Subject]:
    about = {Subject(Kind.REGISTER, register.name)}
    if proposal := getattr(row, "proposal", None):
        about |= around.subjects(proposal)
    body = getattr(row, "body", "") or around.body(getattr(row, "meeting_id", None))
    if body:
        about.add(Subject(Kind.BODY, body))
    if category := getattr(row, "category", ""):
        about.add(Subject(Kind.CATEGORY, category))
    return frozenset(about)


def _items_of(
    register: Register, row: Any, event: Event, marking: Marking, around: Surroundings
) -> Iterator[Item]:
    heading, heading_href = _heading(register, row, around)
    is_withdrawn = event.action == "register.withdraw"
    for told in told_of(register, row)[:1]:
        words = ". ".join(filter(None, (told.title, told.text)))
        yield Item(
            position=event.pk, heading=heading, heading_href=heading_href,
            title=f"Withdrawn: {words}" if is_withdrawn else words, on=told.on,
            href=told.href, about=_about(register, row, around), marking=marking,
            told=told,
        )  # fmt: skip


def _heading(register: Register, row: Any, around: Surroundings) -> tuple[str, str]:
    if proposal := getattr(row, "proposal", None):
        return around.heading(proposal)
    if meeting := getattr(row, "meeting", None):
        return str(meeting), reverse("meetings:meeting", args=[address_of(meeting.key)])
    subject = register.subject
    named = getattr(row, subject.name) if subject else None
    words = f"{register.title}: {named}" if named else register.title
    return words, reverse("registers:list", args=[register.name])


def _of_texts(events: Iterable[Event]) -> Iterator[Item]:
    for event in events:
        if event.action == "text.correction" and "documents" not in event.details:
            yield from _of_correction(event)
        for each in event.details.get("documents", ()):
            if told := _told_of_document(each):
                subject = Subject(Kind.DOCUMENT, document_slug(each["document"]))
                version = event.subject.removeprefix("code-versions/")
                by = f", version {version}" if version != event.subject else ""
                yield Item(
                    position=event.pk, heading=each["document"], heading_href=href_of(subject),
                    title=f"The text changes{by}: {told}",
                    on=date.fromisoformat(event.details["effective_on"]),
                    href=href_of(subject), about=_about_text(subject, event, each["document"]),
                    marking=Marking(),
                )  # fmt: skip


def _about_text(subject: Subject, event: Event, document: str) -> frozenset[Subject]:
    recording = event.details.get("recording")
    touched = provisions_touched(recording, document) if recording else ()
    return frozenset({subject, *(Subject(Kind.CLAUSE, each) for each in touched)})


def _of_correction(event: Event) -> Iterator[Item]:
    """Return the news of one wording that was corrected: where its provision stands last."""
    ident = event.subject.removeprefix("text/")
    stands = provision_history(ident)
    if stands:
        last = stands[-1]
        subject = Subject(Kind.DOCUMENT, document_slug(last.document))
        yield Item(
            position=event.pk, heading=last.document, heading_href=href_of(subject),
            title=f"The wording of {last.label or 'a provision'} was corrected: {event.reason}",
            on=None, href=href_of(subject), marking=Marking(),
            about=frozenset({subject, Subject(Kind.CLAUSE, ident)}),
        )  # fmt: skip


_DONE = ("inserted", "deleted", "changed", "moved", "renumbered")


def _told_of_document(report: Mapping[str, Any]) -> str:
    counts = [(name, report.get(name) or 0) for name in _DONE]
    return ", ".join(f"{count:,} {name}" for name, count in counts if count)
