"""The dates ahead of a person: meetings of their bodies, and what falls due of what they follow."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.consultations.queries import AskedOfParty
from engross.apps.consultations.queries import address_of as address_of_row
from engross.apps.dates.queries import calendar_of_the_code, day_of
from engross.apps.following.queries.follows import subjects_of
from engross.apps.legaltext.queries import versions_between
from engross.apps.meetings.models import MeetingDetails
from engross.apps.meetings.queries import calendar_meetings, papers_due_on
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import assessments_due
from engross.apps.proposals.queries.registered import tranches_of
from engross.apps.registers.queries import last_kept_day, option_name
from engross.apps.votes.queries import marking_of, votes_of
from engross.core.access import Reader, may_read
from engross.core.following import EVERYTHING, Kind
from engross.core.registers.addresses import address_of

AHEAD = timedelta(days=400)
MOST_MEETINGS = 60


@dataclass(frozen=True)
class Ahead:
    """A day ahead: what happens, of what kind, where its page is, and a lasting key."""

    on: date
    title: str
    kind: str
    href: str
    key: str
    basis: str = ""


def meetings_of(person: User, reader: Reader) -> list[MeetingDetails]:
    """Return the latest meetings of the bodies on which a person sits or which they follow."""
    followed = {key for kind, key in subjects_of(person) if kind is Kind.BODY}
    bodies = sorted(followed | reader.bodies)
    rows = [row for body in bodies for row in calendar_meetings(body=body, most=MOST_MEETINGS)]
    return sorted(rows, key=lambda row: (row.held_on, row.meeting.key))


def dates_ahead(
    person: User, reader: Reader, asked: Collection[AskedOfParty], *, today: date, at: datetime
) -> list[Ahead]:
    """Return what lies ahead of a person from today on, the next first.

    `asked` are the consultations that ask their Parties.
    """
    found = [
        *_meetings(meetings_of(person, reader), today),
        *deadlines_of(person, reader, asked, today=today, at=at),
    ]
    return sorted(found, key=lambda each: (each.on, each.title))


def deadlines_of(
    person: User, reader: Reader, asked: Collection[AskedOfParty], *, today: date, at: datetime
) -> list[Ahead]:
    """Return what falls due or takes effect of what a person follows, and what asks them to act.

    Staff, and who follows everything, get all of what falls due.
    """
    subjects = subjects_of(person)
    keys = {key for kind, key in subjects if kind is Kind.PROPOSAL}
    follows_all = EVERYTHING in subjects
    found = _assessments(keys, today, of_all=follows_all or reader.is_staff)
    found += _tranches(keys, today, of_all=follows_all)
    if follows_all or any(kind is Kind.DOCUMENT for kind, _ in subjects):
        found += _versions(today)
    found += [*_consultations(asked), *_votes(reader, at=at)]
    return sorted(found, key=lambda each: (each.on, each.title))


def _consultations(asked: Iterable[AskedOfParty]) -> Iterator[Ahead]:
    """Yield when the consultations close that are not answered."""
    for row in {each.row.pk: each.row for each in asked if not each.is_answered}.values():
        if row.closes_on:
            yield Ahead(row.closes_on, str(row), "Consultation closes", address_of_row(row),
                        row.reference)  # fmt: skip


def _votes(reader: Reader, *, at: datetime) -> Iterator[Ahead]:
    """Yield when the votes close in which a reader has a ballot."""
    if reader.person is None:
        return
    votes = {vote.pk: vote for vote, _ in votes_of(reader.person, reader.bodies, at=at)}
    for vote in votes.values():
        if may_read(reader, marking_of(vote)):
            href = reverse("votes:vote", args=[vote.pk])
            yield Ahead(day_of(vote.closes_at), vote.title, "Vote closes", href, str(vote.pk))


def _meetings(rows: Collection[MeetingDetails], today: date) -> list[Ahead]:
    calendar, found = calendar_of_the_code(), []
    for row in rows:
        if row.is_cancelled or row.held_on < today:
            continue
        href = reverse("meetings:meeting", args=[address_of(row.meeting.key)])
        found.append(Ahead(row.held_on, row.title, "Meeting", href, row.meeting.key, row.basis))
        due_on = papers_due_on(row, calendar)
        if due_on and due_on >= today:
            found.append(Ahead(due_on, row.title, "Papers are due", href, row.meeting.key))
    return found


def _assessments(keys: Collection[str], today: date, *, of_all: bool) -> list[Ahead]:
    counted_to = last_kept_day("assessments", today)
    if counted_to < today:  # No longer kept: nobody knows what was returned since.
        return []
    labels = set(Proposal.objects.filter(key__in=list(keys)).values_list("label", flat=True))
    found = []
    for due in assessments_due(today):
        if of_all or due.proposal in labels:
            name = option_name("assessment_kinds", due.kind)
            href = reverse("proposals:proposal", args=[due.proposal])
            key = f"{due.proposal}/{due.kind}"
            title = f"{due.proposal} {name}"
            found.append(Ahead(due.on, title, "Assessment is due", href, key, due.basis))
    return found


def _tranches(keys: Collection[str], today: date, *, of_all: bool) -> list[Ahead]:
    rows = tranches_of(None).filter(implemented_on__range=(today, today + AHEAD))
    rows = rows if of_all else rows.filter(proposal__key__in=sorted(keys))
    return [
        Ahead(
            row.implemented_on, str(row.proposal), "Goes live",
            reverse("proposals:proposal", args=[row.proposal.label]),
            f"{row.proposal.key}/{row.sequence}", row.basis,
        )
        for row in rows.select_related("proposal")
    ]  # fmt: skip


def _versions(today: date) -> list[Ahead]:
    return [
        Ahead(
            row.effective_on, f"Version {row.version}", "Takes effect",
            reverse("releases:version", args=[row.version.key]), row.version.key, row.basis,
        )
        for row in versions_between(today + timedelta(days=1), today + AHEAD)
    ]  # fmt: skip
