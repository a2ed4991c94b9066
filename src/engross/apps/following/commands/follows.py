"""Following, ceasing to, and how often to be told."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.audit.queries import latest_event_id
from engross.apps.following.models import Follow, PrivateCalendar
from engross.apps.following.queries.subjects import Followed, followed_at
from engross.core.following import Rhythm
from engross.core.people.tokens import digest_of
from engross.core.refusals import Reason, Refused

MOST_FOLLOWS = 500


@transaction.atomic
def follow(
    kind: str, key: str, *, rhythm: Rhythm = Rhythm.DAILY, by: User, on: date, at: datetime
) -> Followed:
    """Make a person follow something from now on; who follows it already is left as they are.

    Raises Refused if there is nothing of that kind and key, or they follow too much.
    """
    found = followed_at(kind, key, on=on)
    if found is None:
        raise Refused(Reason("There is nothing to follow at that address", "Follow it on its page"))
    if Follow.objects.filter(person=by).count() >= MOST_FOLLOWS:
        what = f"You follow {MOST_FOLLOWS} things already"
        raise Refused(Reason(what, "Cease to follow some, or follow everything"))
    _, is_new = Follow.objects.get_or_create(
        person=by, kind=found.subject.kind, key=found.subject.key,
        defaults={"rhythm": rhythm, "followed_at": at, "told_until": latest_event_id()},
    )  # fmt: skip
    if is_new:
        _record("follow.begin", found.subject.kind, found.subject.key, by=by, at=at)
    return found


@transaction.atomic
def unfollow(kind: str, key: str, *, by: User, at: datetime) -> None:
    """Make a person follow something no longer; nothing happens if they do not."""
    if Follow.objects.filter(person=by, kind=kind, key=key).delete()[0]:
        _record("follow.end", kind, key, by=by, at=at)


@transaction.atomic
def set_rhythms(rhythms: Mapping[int, Rhythm | None], *, by: User, at: datetime) -> None:
    """Set how often a person is told, by follow; None ends the follow.

    What is not theirs is left alone.
    """
    mine = Follow.objects.select_for_update().filter(person=by, pk__in=list(rhythms))
    for each in mine.order_by("pk"):
        rhythm = rhythms[each.pk]
        if rhythm is None:
            unfollow(each.kind, each.key, by=by, at=at)
        else:
            _tell_by(each, rhythm)


def _tell_by(mine: Follow, rhythm: Rhythm) -> None:
    if mine.rhythm == Rhythm.NONE and rhythm is not Rhythm.NONE:
        # What happened while no mail was wanted is not sent afterwards.
        mine.told_until = latest_event_id()
    mine.rhythm = rhythm
    mine.save(update_fields=["rhythm", "told_until"])


@transaction.atomic
def end_mail(person: User, rhythm: Rhythm, *, at: datetime) -> int:
    """End the mails of a rhythm and keep the follows; return how many are silent now."""
    silent = Follow.objects.filter(person=person, rhythm=rhythm).update(rhythm=Rhythm.NONE)
    if silent:
        record_event(action="follow.unsubscribe", subject=f"follows/{rhythm}", by=person, at=at,
                     rule="link in a mail")  # fmt: skip
    return silent


@transaction.atomic
def make_calendar_address(person: User, *, at: datetime) -> str:
    """Return a new secret for a person's calendar; the one before no longer opens it."""
    token = secrets.token_urlsafe(24)
    fields = {"digest": digest_of(token), "made_at": at}
    PrivateCalendar.objects.update_or_create(person=person, defaults=fields)
    record_event(action="follow.calendar", subject="calendar", by=person, at=at)
    return token


def _record(action: str, kind: str, key: str, *, by: User, at: datetime) -> None:
    record_event(action=action, subject=f"{kind}/{key}".rstrip("/"), by=by, at=at)
