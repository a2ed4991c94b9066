"""Telling people by mail what is new in what they follow, each piece of news once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.urls import reverse

from engross.apps.audit.queries import latest_event_id
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.files.commands import log_read
from engross.apps.following.models import Follow, Round
from engross.apps.following.queries.follows import unsubscribe_address
from engross.apps.following.queries.items import Item
from engross.apps.following.queries.news import news_between
from engross.apps.mail.commands import Letter, queue_mails
from engross.apps.people.queries import reader_of
from engross.apps.registers.commands import log_events_read
from engross.apps.registers.queries import active_code
from engross.core.access import Reach, Reader, may_read, reach_of
from engross.core.following import Kind, Rhythm, Subject, is_followed, is_told_on

MOST_ITEMS = 60
PEOPLE_AT_ONCE = 50


def tell_round(*, on: date, at: datetime) -> int:
    """Tell daily and weekly news where their day has come; return how many mails were queued.

    A round that is cut short is not noted, so that the next call completes it.
    """
    last = dict(Round.objects.order_by("rhythm").values_list("rhythm", "told_on"))
    is_working_day = calendar_of_the_code().is_working_day
    queued = 0
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        if is_told_on(rhythm, on, last_told_on=last.get(rhythm), is_working_day=is_working_day):
            queued += tell_news(rhythm, on=on, at=at)
            Round.objects.update_or_create(rhythm=rhythm, defaults={"told_on": on})
    return queued


def tell_news(rhythm: Rhythm, *, on: date, at: datetime) -> int:
    """Queue a mail for each person who follows something new in this rhythm; return how many.

    The mail and the position up to which its reader was told are written in one transaction: a
    run that is killed has told some of them all, and the next tells the others. What a person
    may read is asked now, not when it happened.
    """
    until = latest_event_id()
    behind = Follow.objects.filter(
        rhythm=rhythm, told_until__lt=until, person__is_active=True
    ).order_by()
    after = behind.aggregate(first=Min("told_until"))["first"]
    if after is None:
        return 0
    items = news_between(after, until)
    people = sorted(set(behind.values_list("person", flat=True)))
    parts = (people[start : start + PEOPLE_AT_ONCE]
             for start in range(0, len(people), PEOPLE_AT_ONCE))  # fmt: skip
    return sum(_tell(some, items, rhythm, until=until, on=on, at=at) for some in parts)


@transaction.atomic
def _tell(
    people: Sequence[int], items: Sequence[Item], rhythm: Rhythm, *, until: int, on: date,
    at: datetime,
) -> int:  # fmt: skip
    """Queue the mail of some people; whoever comes second finds them told."""
    follows = Follow.objects.select_for_update(of=("self",)).select_related("person")
    theirs = follows.filter(person__in=people, rhythm=rhythm, told_until__lt=until).order_by(
        "person_id", "pk"
    )
    letters = [
        letter
        for person, own in groupby(theirs, key=lambda each: each.person)
        if (letter := _letter(person, list(own), items, rhythm, until=until, on=on, at=at))
    ]
    queue_mails(letters, at=at)
    Follow.objects.filter(pk__in=[each.pk for each in theirs]).update(told_until=until)
    return len(letters)


def _letter(
    person: Any, own: Sequence[Follow], items: Iterable[Item], rhythm: Rhythm, *, until: int,
    on: date, at: datetime,
) -> Letter | None:  # fmt: skip
    reader = reader_of(person, on)
    wanted = [(Subject(Kind(each.kind), each.key), each.told_until) for each in own]
    news = [
        item
        for item in items
        if item.position <= until
        and may_read(reader, item.marking)
        and any(
            item.position > told and is_followed(subject, item.about) for subject, told in wanted
        )
    ]
    if not news:
        return None
    shown = news[:MOST_ITEMS]
    _note_reads([item for item in shown if item.marking.reach is not Reach.ANYONE], reader, at=at)
    context = {
        "code": active_code(), "person": person, "rhythm": rhythm, "count": len(news),
        "groups": _groups(shown), "left": max(len(news) - MOST_ITEMS, 0),
        "settings_url": urljoin(settings.SITE_URL, reverse("following:follows")),
    }  # fmt: skip
    return Letter(
        "following/news", person, context, paper_class=_class_of(shown),
        unsubscribe_url=unsubscribe_address(person, rhythm),
    )  # fmt: skip


def _note_reads(narrow: Sequence[Item], reader: Reader, *, at: datetime) -> None:
    """Write down what of a narrow class is told: a mail is a door like a page."""
    log_events_read([item.told for item in narrow if item.told], reader=reader, at=at)
    for item in narrow:
        if item.told is None:
            log_read(reader, kind=item.kind, title=item.title, markings=[item.marking], at=at)


def _groups(news: Iterable[Item]) -> list[dict[str, Any]]:
    """Return the news by what it is about, with addresses that work outside the site."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in news:
        groups[item.heading].append(item)
    return [
        {
            "heading": heading,
            "href": urljoin(settings.SITE_URL, own[0].heading_href),
            "items": [
                {"title": each.title, "on": each.on, "href": urljoin(settings.SITE_URL, each.href)}
                for each in own
            ],
        }
        for heading, own in groups.items()
    ]


def _class_of(news: Iterable[Item]) -> str:
    """Return the narrowest class of what a mail tells: who may see the mail is asked of it."""
    code = active_code()
    farthest = max((list(Reach).index(item.marking.reach) for item in news), default=0)
    classes = code.options("paper_classes")
    fitting = [each.key for each in classes
               if list(Reach).index(reach_of(code, each.key)) >= farthest]  # fmt: skip
    return fitting[0] if fitting else classes[-1].key
