"""Who somebody is to the rule about classes."""

from datetime import date
from typing import TYPE_CHECKING

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import has_second_factor
from engross.apps.people.models import BodyMembership, PartyMembership
from engross.core.access import ANYONE, Reader
from engross.core.people.roles import BodyRole, PartyRole

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
