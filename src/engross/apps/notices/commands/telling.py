"""Telling people of an event by mail, each once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.dates.queries import day_of
from engross.apps.files.commands import log_read
from engross.apps.mail.commands import WrittenLetter, queue_mails
from engross.apps.notices.queries import (
    Circumstances,
    class_of,
    end_addresses,
    event_named,
    marking_of,
    shown_texts,
    split_recipients,
    with_accounts,
)
from engross.apps.notices.queries.asked import People
from engross.apps.people.queries import readers_of
from engross.core.access import Marking, Reach
from engross.core.codes import Option
from engross.core.notices import Recipient


@dataclass(frozen=True)
class Sent:
    """What came of telling: who gets a mail, how many were queued, who was left out and why.

    Who was told of the same before counts among the recipients and not in `count`.
    """

    event: str
    recipients: tuple[Recipient, ...] = ()
    left_out: tuple[Recipient, ...] = ()
    count: int = 0


@transaction.atomic
def send_notice(
    event_key: str, *, about: str, link: str, context: Mapping[str, Any] | None = None,
    people: People | None = None, categories: Iterable[str] = (), body: str = "",
    paper_class: str = "white", marking: Marking | None = None,
    without: Iterable[User | str] = (), at: datetime, cause: Event | None = None, once: str = "",
) -> Sent:  # fmt: skip
    """Tell everybody whom the code's data name for an event, in the caller's transaction.

    `about` is the label of what it is about and `link` the path of its page; the words of
    `context` are those of `core.notices.EVENTS`, and what the event has no word for is left
    aside. Who is told is said in `Circumstances`. Under one `cause`, or one `once`, nobody is
    told twice of an event.

    Raises LookupError if there is no such event, ValueError if a word of it is missing.
    """
    event = event_named(event_key)
    if event is None:
        return Sent(event_key)
    given = with_accounts(
        Circumstances(people or {}, categories, body, paper_class, marking, without)
    )
    on = day_of(at)
    told, left_out = split_recipients(event, given, on=on)
    words = {**(context or {}), "about": about, "link": urljoin(settings.SITE_URL, link)}
    name = once or (str(cause.pk) if cause else "")
    letters = _letters(event, told, words, paper_class=class_of(event, paper_class),
                       once=f"notices/{event.key}/{name}" if name else "")  # fmt: skip
    queued = queue_mails(letters, at=at, cause=cause)
    _note_reads(event, given, [each.to_person for each in queued], on=on, at=at)
    return Sent(event.key, tuple(told), tuple(left_out), len(queued))


def _note_reads(
    event: Option, given: Circumstances, people: Iterable[User | None], *, on: date, at: datetime
) -> None:
    """Write down who was told what reaches a circle or the persons named: a mail is a door too."""
    marking = marking_of(event, given)
    if marking.reach in (Reach.CIRCLE, Reach.NAMED):
        known = [each for each in people if each]
        for reader in readers_of(known, on=on).values():
            log_read(reader, kind="mail", title=event.name, markings=[marking], at=at)


def _letters(
    event: Option, told: Iterable[Recipient], words: Mapping[str, Any], *, paper_class: str,
    once: str,
) -> Iterator[WrittenLetter]:  # fmt: skip
    shown_to = shown_texts(event.key, words)
    end_of = end_addresses(event.key) if event.flag("may_opt_out") else None
    for each in told:
        person = each.to if isinstance(each.to, User) else None
        shown = shown_to(person.name if person else "")
        end = end_of(person) if person and end_of else ""
        yield WrittenLetter(
            f"notices/{event.key}", each.to, shown.subject,
            shown.text + footer_of(event, each.why, end),
            paper_class=paper_class, unsubscribe_url=end, once=once,
        )  # fmt: skip


def footer_of(event: Option, why: str, end: str) -> str:
    """Return what stands below every mail: why its reader gets it, and how to get no more."""
    lines = ["", "-- ", f"You get this mail {why}."]
    if end:
        lines.append(f"No more mail of this kind ({event.name}): {end}")
    return "\n".join(lines) + "\n"
