"""Who there is: lists of people, and what one of them is and was."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from engross.apps.accounts.models import User
from engross.apps.parties.models import Party
from engross.apps.people.models import BodyMembership, PartyMembership, TeamMembership
from engross.apps.registers.queries import option_name
from engross.core.people.roles import AccountKind


@dataclass(frozen=True)
class PeopleAsked:
    """Which people are asked for; what is empty asks for all."""

    words: str = ""
    party: str = ""
    body: str = ""
    team: str = ""
    kind: str = ""


KINDS = {
    "staff": Q(is_staff=True, kind=AccountKind.PERSON),
    "authority": Q(is_authority=True),
    "program": Q(kind=AccountKind.SERVICE),
    "closed": Q(is_active=False),
}


def people_asked(asked: PeopleAsked, *, on: date) -> QuerySet[User]:
    """Return the people asked for, by name, each with `parties_now`, `bodies_now`, `teams_now`."""
    people = User.objects.filter(KINDS.get(asked.kind, Q()))
    for word in asked.words.split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if asked.party:
        people = people.filter(_holds(PartyMembership, on, party__key=asked.party))
    if asked.body:
        people = people.filter(_holds(BodyMembership, on, body=asked.body))
    if asked.team:
        people = people.filter(_holds(TeamMembership, on, team=asked.team))
    return people.order_by("name", "email", "pk").prefetch_related(
        _now("partymembership_set", PartyMembership, "parties_now", on, "party"),
        _now("bodymembership_set", BodyMembership, "bodies_now", on),
        _now("teammembership_set", TeamMembership, "teams_now", on),
    )


def _holds(model: type, on: date, **fields: str) -> Exists:
    terms = model.objects.held_on(on)  # type: ignore[attr-defined]
    return Exists(terms.filter(user=OuterRef("pk"), **fields))


def _now(field: str, model: type, name: str, on: date, *related: str) -> "Prefetch[str]":
    terms = model.objects.held_on(on).order_by("held_from", "pk")  # type: ignore[attr-defined]
    return Prefetch(field, terms.select_related(*related), to_attr=name)


def roles_in_words(person: User) -> list[str]:
    """Return what a person of `people_asked` is, one thing after the other."""
    words = [f"{each.party.label} ({each.role})" for each in person.parties_now]  # type: ignore[attr-defined]
    words += [
        f"{option_name('bodies', each.body)} ({each.role})"
        for each in person.bodies_now  # type: ignore[attr-defined]
    ]
    if person.is_staff:
        teams = [option_name("staff_teams", each.team) for each in person.teams_now]  # type: ignore[attr-defined]
        words.append(f"Staff: {', '.join(teams)}" if teams else "Staff")
    if person.is_authority:
        words.append("The Authority")
    return words


def parties_of(user: User) -> QuerySet[PartyMembership]:
    """Return whose user a person is and was, the latest first."""
    return (
        PartyMembership.objects.filter(user=user)
        .select_related("party", "approved_by")
        .order_by("-held_from", "-pk")
    )


def terms_of(user: User) -> QuerySet[BodyMembership]:
    """Return a person's terms on bodies, the latest first."""
    terms = BodyMembership.objects.filter(user=user).select_related("approved_by")
    return terms.order_by("-held_from", "-pk")


def teams_of(user: User) -> QuerySet[TeamMembership]:
    """Return the teams a person is and was in, the latest first."""
    return TeamMembership.objects.filter(user=user).order_by("-held_from", "-pk")


def people_of_party(party: Party, *, on: date) -> QuerySet[PartyMembership]:
    """Return the people of a Party on a day, by name; programs last."""
    return (
        PartyMembership.objects.held_on(on)
        .filter(party=party)
        .select_related("user", "party")
        .order_by("user__kind", "user__name", "user__email", "pk")
    )


def members_of_body(body: str, *, on: date) -> QuerySet[BodyMembership]:
    """Return who is on a body on a day: the chair, then the members, by name."""
    terms = BodyMembership.objects.held_on(on).filter(body=body).select_related("user")
    return terms.order_by("role", "user__name", "user__email", "pk")


def parties_managed_by(user: User, *, on: date) -> list[Party]:
    """Return the Parties whose people a person manages on a day, by name."""
    managed = PartyMembership.objects.held_on(on).filter(user=user, role="administrator")
    return list(Party.objects.filter(memberships__in=managed).order_by("label", "key"))
