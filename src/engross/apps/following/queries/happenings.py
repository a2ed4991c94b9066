"""News of what stands in no register: consultations, votes, steps that slip."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from engross.apps.audit.models import Event
from engross.apps.consultations.models import Consultation
from engross.apps.consultations.queries import (
    address_of,
    category_names,
    kind_of,
    local_time,
)
from engross.apps.dates.queries import day_of
from engross.apps.following.queries.items import Item
from engross.apps.following.queries.subjects import href_of
from engross.apps.following.queries.surroundings import Surroundings
from engross.apps.proposals.models import Proposal
from engross.apps.registers.queries import option_name
from engross.apps.votes.models import Vote
from engross.apps.votes.queries import marking_of
from engross.core.access import Marking
from engross.core.consultations.states import State
from engross.core.dates.wording import day_in_words
from engross.core.following import Kind, Subject

OUTCOME = "consultation.outcome"
CONSULTATIONS, VOTES, TIMETABLES = "consultations", "votes", "timetables"


def happenings_of(events: Iterable[Event]) -> Iterator[Item]:
    """Return the news of events that are told as they happened; see `HAPPENINGS`."""
    by_kind: dict[str, list[Event]] = {CONSULTATIONS: [], VOTES: [], TIMETABLES: []}
    for event in events:
        by_kind[HAPPENINGS[event.action]].append(event)
    yield from _of_consultations(by_kind[CONSULTATIONS])
    yield from _of_votes(by_kind[VOTES])
    yield from _of_timetables(by_kind[TIMETABLES])


def _key(event: Event) -> str:
    return event.subject.partition("/")[2]


# Consultations


def _opened(row: Consultation, event: Event) -> str:
    return f"{kind_of(row).name} {row.reference} opened. {_closes(row, event.details)}"


def _extended(row: Consultation, event: Event) -> str:
    until = day_in_words(date.fromisoformat((event.after or {})["closes_on"]))
    return f"{kind_of(row).name} {row.reference} stays open until {until}: {event.reason}"


def _closing(row: Consultation, event: Event) -> str:
    return f"{kind_of(row).name} {row.reference} closes soon. {_closes(row, {})}"


def _closed(row: Consultation, event: Event) -> str:
    count = event.details.get("answers", 0)
    answers = f"{count} answer{'' if count == 1 else 's'}" if count else "no answers"
    return f"{kind_of(row).name} {row.reference} closed, with {answers}"


def _published(row: Consultation, event: Event) -> str:
    return f"Answers to the {kind_of(row).name} {row.reference} published"


def _concluded(row: Consultation, event: Event) -> str:
    return f"What came of the {kind_of(row).name} {row.reference}. {row.conclusion}".strip()


def _closes(row: Consultation, details: Mapping[str, Any]) -> str:
    """Return until when it takes answers, as was said when it happened."""
    if row.closes_at is None or row.closes_on is None:
        return ""
    on = date.fromisoformat(details["closes_on"]) if "closes_on" in details else row.closes_on
    return f"Answer by {local_time(row.closes_at):%H:%M} on {day_in_words(on)}"


_OF_CONSULTATIONS: dict[str, Callable[[Consultation, Event], str]] = {
    "consultation.open": _opened,
    "consultation.extend": _extended,
    "consultation.remind": _closing,
    "consultation.close": _closed,
    "consultation.publish": _published,
    OUTCOME: _concluded,
}


def _of_consultations(events: Iterable[Event]) -> Iterator[Item]:
    listed = list(events)
    asked = Consultation.objects.exclude(state=State.DRAFT).select_related("proposal")
    numbers = {_key(each).removeprefix("CON") for each in listed}
    rows = {each.reference: each for each in asked.filter(number__in=numbers).order_by("number")}
    around = Surroundings([row.proposal_id for row in rows.values()], ())
    # What came of it may be worded several times: told is how it stands.
    last = {_key(each): each.pk for each in listed if each.action == OUTCOME}
    for event in listed:
        if event.action == OUTCOME and event.pk != last[_key(event)]:
            continue
        row = rows.get(_key(event))
        title = _OF_CONSULTATIONS[event.action](row, event) if row else ""
        if row and title:
            item = Item(
                position=event.pk, heading=str(row), heading_href=address_of(row), title=title,
                on=day_of(event.happened_at), href=address_of(row), marking=Marking(),
                about=_asked(row), kind=CONSULTATIONS,
            )  # fmt: skip
            yield _of_proposal(item, row.proposal, around)


def _asked(row: Consultation) -> frozenset[Subject]:
    """Return whom a consultation asks: the Party Categories it names, or all of them."""
    categories = row.categories or category_names()
    return frozenset(Subject(Kind.CATEGORY, each) for each in categories)


def _of_proposal(item: Item, proposal: Any, around: Surroundings) -> Item:
    """Return news under its proposal, if it is about one."""
    if proposal is None:
        return item
    heading, href = around.heading(proposal)
    about = item.about | around.subjects(proposal)
    return replace(item, heading=heading, heading_href=href, about=about)


# Votes


def _vote_opened(vote: Vote, event: Event) -> str:
    closes, opens = local_time(vote.closes_at), local_time(vote.opens_at)
    began = "opened"
    if vote.opens_at > event.happened_at:
        began = f"opens at {opens:%H:%M} on {day_in_words(opens.date())}"
    return f"vote {began}, until {closes:%H:%M} on {day_in_words(closes.date())}. {vote.title}"


def _vote_counted(vote: Vote, event: Event) -> str:
    return f"vote counted. {vote.result['sentence']}" if vote.result else ""


def _vote_withdrawn(vote: Vote, event: Event) -> str:
    return f"vote withdrawn. {vote.withdrawn_because}"


_OF_VOTES: dict[str, Callable[[Vote, Event], str]] = {
    "votes.open": _vote_opened,
    "votes.count": _vote_counted,
    "votes.withdraw": _vote_withdrawn,
}


def _of_votes(events: Iterable[Event]) -> Iterator[Item]:
    listed = list(events)
    asked = Vote.objects.filter(pk__in={_key(each) for each in listed})
    votes = {str(each.pk): each for each in asked.select_related("proposal").order_by("pk")}
    around = Surroundings([vote.proposal_id for vote in votes.values()], ())
    for event in listed:
        vote = votes.get(_key(event))
        words = _OF_VOTES[event.action](vote, event) if vote else ""
        if vote and words:
            body, href = Subject(Kind.BODY, vote.body), reverse("votes:vote", args=[vote.pk])
            name = option_name("bodies", vote.body)
            item = Item(
                position=event.pk, heading=name, heading_href=href_of(body),
                title=f"{name}: {words}", on=day_of(event.happened_at), href=href,
                about=frozenset({body}), marking=marking_of(vote), kind=VOTES,
            )  # fmt: skip
            yield _of_proposal(item, vote.proposal, around)


# Timetables


def _of_timetables(events: Iterable[Event]) -> Iterator[Item]:
    listed = list(events)
    asked = Proposal.objects.filter(key__in={_key(each) for each in listed}).order_by("key")
    proposals = {each.key: each for each in asked}
    around = Surroundings([each.pk for each in asked], ())
    for event in listed:
        if proposal := proposals.get(_key(event)):
            href = reverse("timetables:timetable", args=[proposal.label])
            item = Item(
                position=event.pk, heading="", heading_href=href, title=_slipped(event),
                on=day_of(event.happened_at), href=href, about=frozenset(), marking=Marking(),
                kind=TIMETABLES,
            )  # fmt: skip
            yield _of_proposal(item, proposal, around)


def _slipped(event: Event) -> str:
    told = event.details
    planned, expected = (
        day_in_words(date.fromisoformat(told[name])) for name in ("planned_on", "expected_on")
    )
    return f"{told['step']} is expected on {expected}; it was planned for {planned}"


HAPPENINGS: dict[str, str] = {
    **dict.fromkeys(_OF_CONSULTATIONS, CONSULTATIONS),
    **dict.fromkeys(_OF_VOTES, VOTES),
    "timetable.slip": TIMETABLES,
}
