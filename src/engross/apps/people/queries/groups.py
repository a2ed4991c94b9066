"""The people of whole groups: of all Parties, of a team, of a body, of the Authority."""

from collections.abc import Collection
from datetime import date

from engross.apps.accounts.models import User
from engross.apps.parties.models import CategorySpell
from engross.apps.people.models import BodyMembership, PartyMembership, TeamMembership
from engross.core.people.roles import BodyRole

_OF_CIRCLE = [role.value for role in BodyRole if role.is_of_circle]


def users_of_parties(categories: Collection[str] | None = None, *, on: date) -> list[User]:
    """Return who is a user of a Party on a day, once for each Party; `categories` narrow them."""
    spells = CategorySpell.objects.known_at(None).held_on(on).order_by()
    if categories is not None:
        spells = spells.filter(category__in=categories)
    terms = PartyMembership.objects.held_on(on).filter(party__in=spells.values("party"))
    ordered = terms.select_related("user").order_by("user__name", "user__email", "pk")
    return [term.user for term in ordered]


def circle_of_body(body: str, *, on: date) -> list[User]:
    """Return chair, members and alternates of a body on a day, by name."""
    terms = BodyMembership.objects.held_on(on).filter(body=body, role__in=_OF_CIRCLE)
    ordered = terms.select_related("user").order_by("user__name", "user__email", "pk")
    return [term.user for term in ordered]


def staff_of_team(team: str, *, on: date) -> list[User]:
    """Return who works in a team on a day, by name."""
    terms = TeamMembership.objects.held_on(on).filter(team=team, user__is_staff=True)
    ordered = terms.select_related("user").order_by("user__name", "user__email", "pk")
    return [term.user for term in ordered]


def people_of_authority() -> list[User]:
    """Return the people of the Authority who have an account, by name."""
    return list(User.objects.filter(is_authority=True).order_by("name", "email", "pk"))
