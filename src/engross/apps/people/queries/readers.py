"""Who somebody is to the rule about classes."""

from collections import defaultdict
from collections.abc import Collection
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
    if not isinstance(user, User):
        return ANYONE
    return readers_of([user], on=on).get(user.pk, ANYONE)


def readers_of(people: Collection[User], *, on: date) -> dict[int, Reader]:
    """Return who each of many people is to the rule about classes on a day, by their number.

    Whoever's account is closed is not among them: they are anyone.
    """
    numbers = {each.pk for each in people}
    roles: defaultdict[int, dict[str, str]] = defaultdict(dict)
    terms = PartyMembership.objects.held_on(on).filter(user__in=numbers).order_by()
    for user, party, role in terms.values_list("user", "party__key", "role"):
        roles[user][party] = role
    bodies: defaultdict[int, set[str]] = defaultdict(set)
    seats = BodyMembership.objects.held_on(on).filter(user__in=numbers, role__in=_OF_CIRCLE)
    for user, body in seats.order_by().values_list("user", "body"):
        bodies[user].add(body)
    return {
        each.pk: Reader(
            person=each.pk,
            is_staff=each.is_staff,
            # The rule asks it of nobody but staff.
            has_second_factor=each.is_staff and has_second_factor(each),
            is_authority=each.is_authority,
            parties=frozenset(roles[each.pk]),
            bodies=frozenset(bodies[each.pk]),
            administers=frozenset(
                key for key, role in roles[each.pk].items() if role == ADMINISTRATOR
            ),
        )
        for each in people
        if each.is_active
    }
