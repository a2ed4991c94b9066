"""Who somebody is to the rule about classes, signed in or by a token."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import has_second_factor
from engross.apps.people.models import ApiToken, BodyMembership, PartyMembership
from engross.core.access import ANYONE, Reader
from engross.core.people.roles import BodyRole, PartyRole
from engross.core.people.tokens import digest_of

if TYPE_CHECKING:
    from engross.apps.accounts.queries import Person

ADMINISTRATOR = PartyRole.ADMINISTRATOR.value
_OF_CIRCLE = [role.value for role in BodyRole if role.is_of_circle]


def reader_of(user: "Person", on: date) -> Reader:
    """Return who this is to the rule about classes on a day; whoever is not signed in is anyone.

    A program's account has no second factor, so that what is kept from the public does not leave
    by a token of staff.
    """
    if not isinstance(user, User) or not user.is_active:
        return ANYONE
    roles = dict(
        PartyMembership.objects.held_on(on).filter(user=user).values_list("party__key", "role")
    )
    bodies = BodyMembership.objects.held_on(on).filter(user=user, role__in=_OF_CIRCLE)
    return Reader(
        person=user.pk,
        is_staff=user.is_staff,
        has_second_factor=has_second_factor(user),
        is_authority=user.is_authority,
        parties=frozenset(roles),
        bodies=frozenset(bodies.values_list("body", flat=True)),
        administers=frozenset(key for key, role in roles.items() if role == ADMINISTRATOR),
    )


def person_of_token(raw: str, *, at: datetime) -> tuple[User, frozenset[str]] | None:
    """Return whose token this is and what it may do; None if it is not one that holds at `at`."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(
            digest=digest_of(raw), revoked_at__isnull=True, expires_at__gt=at, user__is_active=True
        )
        .first()
    )
    return (token.user, frozenset(token.scopes)) if token else None
