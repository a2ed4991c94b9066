"""The people of whole groups: of all Parties, of a team, of a body, of the Authority."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from engross.apps.accounts.models import User
from engross.apps.parties.models import CategorySpell
from engross.apps.people.models import BodyMembership, PartyMembership, TeamMembership
from engross.core.people.roles import BodyRole

_TOLD = ("email", "name", "kind", "is_active", "is_staff", "is_authority")
_OF_CIRCLE = [role.value for role in BodyRole if role.is_of_circle]


def users_of_parties(categories: Collection[str] | None = None, *, on: date) -> QuerySet[User]:
    """Return who is a user of a Party on a day, by name; `categories` narrow the Parties."""
    spells = CategorySpell.objects.known_at(None).held_on(on).order_by()
    if categories is not None:
        spells = spells.filter(category__in=categories)
    terms = PartyMembership.objects.held_on(on).filter(party__in=spells.values("party"))
    return _whose(terms)


def circle_of_body(body: str, *, on: date) -> QuerySet[User]:
    """Return chair, members and alternates of a body on a day, by name."""
    return _whose(BodyMembership.objects.held_on(on).filter(body=body, role__in=_OF_CIRCLE))


def staff_of_team(team: str, *, on: date) -> QuerySet[User]:
    """Return who of the staff works in a team on a day, by name."""
    return _whose(TeamMembership.objects.held_on(on).filter(team=team)).filter(is_staff=True)


def people_of_authority() -> QuerySet[User]:
    """Return the people of the Authority who have an account, by name."""
    return User.objects.filter(is_authority=True).order_by("name", "email", "pk")


def _whose(terms: Any) -> QuerySet[User]:
    people = User.objects.filter(pk__in=terms.order_by().values("user"))
    # Of thousands only what says who they are, and whether mail may reach them.
    return people.only(*_TOLD).order_by("name", "email", "pk")
