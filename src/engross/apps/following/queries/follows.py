"""What a person follows, and whose a link is that needs no signing in."""

from datetime import date
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.following.models import Follow, PrivateCalendar
from engross.apps.following.queries.subjects import Followed, followed_many
from engross.core.following import Kind, Rhythm, Subject
from engross.core.people.tokens import digest_of

_SALT = "engross.following.unsubscribe"


class FollowSeen(NamedTuple):
    """A follow as its person reads it."""

    pk: int
    subject: Subject
    label: str
    href: str
    rhythm: Rhythm


def follows_of(person: User, *, on: date) -> list[FollowSeen]:
    """Return what a person follows, by kind and name."""
    rows = list(Follow.objects.filter(person=person).order_by("kind", "key"))
    named = followed_many([(row.kind, row.key) for row in rows], on=on)
    seen = [_seen(row, named[row.kind, row.key]) for row in rows]
    return sorted(seen, key=lambda each: (list(Kind).index(each.subject.kind), each.label))


def _seen(row: Follow, found: Followed | None) -> FollowSeen:
    subject = Subject(Kind(row.kind), row.key)
    label, href = (found.label, found.href) if found else (f"{row.key} (no longer there)", "")
    return FollowSeen(row.pk, subject, label, href, Rhythm(row.rhythm))


def follow_of(person: User, subject: Subject) -> Follow | None:
    """Return a person's follow of a subject; None if they do not follow it."""
    return Follow.objects.filter(person=person, kind=subject.kind, key=subject.key).first()


def subjects_of(person: User) -> set[Subject]:
    """Return the subjects that a person follows."""
    rows = Follow.objects.filter(person=person).order_by("pk").values_list("kind", "key")
    return {Subject(Kind(kind), key) for kind, key in rows}


def unsubscribe_address(person: User, rhythm: Rhythm) -> str:
    """Return the address at which the mails of a rhythm end, for their reader alone to have."""
    token = Signer(salt=_SALT).sign(f"{person.pk}:{rhythm}")
    return str(urljoin(settings.SITE_URL, reverse("following:unsubscribe", args=[token])))


def person_of_unsubscribing(token: str) -> tuple[User, Rhythm] | None:
    """Return whose mails of which rhythm a link ends; None if the link is not ours."""
    try:
        person, _, rhythm = Signer(salt=_SALT).unsign(token).partition(":")
        found = User.objects.filter(pk=int(person)).first()
        return (found, Rhythm(rhythm)) if found else None
    except (BadSignature, ValueError):
        return None


def person_of_calendar(token: str) -> User | None:
    """Return whose calendar this secret opens; None if it opens none."""
    rows = PrivateCalendar.objects.select_related("person")
    found = rows.filter(digest=digest_of(token), person__is_active=True).first()
    return found.person if found else None
