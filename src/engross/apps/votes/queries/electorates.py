"""Who may vote as at a day: seats, who holds them, who sits on them, what changed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.parties.queries import members_on
from engross.apps.people.models import BodyMembership
from engross.apps.registers.queries import active_code
from engross.apps.votes.models import SeatHolding, Seating
from engross.core.people.roles import BodyRole
from engross.core.voting import (
    Electorate,
    Seat,
    SeatGroup,
    SeatKey,
    Sitting,
    electorate_of,
    groups_of,
)

SITTING_ROLES = {BodyRole.MEMBER.value, BodyRole.CHAIR.value, BodyRole.ALTERNATE.value}


def electorate_on(body: str, on: date, *, known_at: datetime | None = None) -> Electorate:
    """Return the seats of a body as at a day, with who holds them and who stands in."""
    groups = groups_of(active_code(), body, on)
    keys = [each.key for each in groups]
    rows: Any = SeatHolding.objects.known_at(known_at).held_on(on).filter(seat__in=keys)
    held = {SeatKey(each.seat, each.place): each.organisation for each in rows.order_by("pk")}
    return electorate_of(
        body, on,
        groups=groups,
        voting_groups=_voting_groups(groups, on, known_at),
        holdings=held,
        sittings=_sittings(body, keys, on),
    )  # fmt: skip


def _voting_groups(
    groups: Collection[SeatGroup], on: date, known_at: datetime | None
) -> Mapping[str, Collection[str]]:
    """Return the names of the Voting Groups by Party Category, where a seat belongs to each."""
    wanted = {name for each in groups if each.is_per_voting_group for name in each.constituency}
    found: dict[str, set[str]] = {}
    for member in members_on(on, known_at=known_at) if wanted else ():
        if member.category in wanted and member.voting_group:
            found.setdefault(member.category, set()).add(member.voting_group)
    return found


def _sittings(body: str, keys: Collection[str], on: date) -> list[Sitting]:
    terms = BodyMembership.objects.held_on(on).filter(body=body)
    rows = terms.filter(role__in=SITTING_ROLES, seating__seat__in=keys).order_by("pk")
    return [
        Sitting(person, SeatKey(seat, place), stands_in=role == BodyRole.ALTERNATE)
        for person, seat, place, role in rows.values_list(
            "user_id", "seating__seat", "seating__place", "role"
        )
    ]


def names_of(people: Collection[int]) -> dict[int, str]:
    """Return what people are called, by number."""
    return {each.pk: str(each) for each in User.objects.filter(pk__in=people).order_by("pk")}


def seatings_of(body: str, on: date) -> list[Seating]:
    """Return on which seat the people of a body sit, with their terms, as at a day."""
    terms = BodyMembership.objects.held_on(on).filter(body=body)
    rows = Seating.objects.filter(membership__in=terms).select_related("membership__user")
    return list(rows.order_by("seat", "place", "membership__role", "pk"))


def terms_without_seat(body: str, on: date) -> list[BodyMembership]:
    """Return the terms on a body, on a day or to come, whose people have no seat; by name."""
    terms = BodyMembership.objects.not_over_on(on).filter(body=body, seating__isnull=True)
    rows = terms.filter(role__in=SITTING_ROLES).select_related("user")
    return list(rows.order_by("user__name", "user__email", "pk"))


def holdings_on(body: str, on: date) -> dict[SeatKey, SeatHolding]:
    """Return who holds the seats of a body on a day, with the record that says so."""
    keys = [each.key for each in groups_of(active_code(), body, on)]
    rows: Any = SeatHolding.objects.known_at(None).held_on(on).filter(seat__in=keys)
    return {SeatKey(each.seat, each.place): each for each in rows.order_by("pk")}


def electorate_kept(body: str, on: date, kept: Collection[Mapping[str, Any]]) -> Electorate:
    """Return the electorate that a vote keeps of the day on which it opened."""
    seats = tuple(
        Seat(SeatKey(each["seat"], each["place"]), each["organisation"], tuple(each["members"]))
        for each in kept
    )
    return Electorate(body, on, groups_of(active_code(), body, on), seats)


def electorate_to_keep(electorate: Electorate) -> list[dict[str, Any]]:
    """Return an electorate as a vote keeps it: seats, organisations, and people by number."""
    return [
        {"seat": each.key.group, "place": each.key.place, "organisation": each.organisation,
         "members": list(each.members)}
        for each in electorate.seats
    ]  # fmt: skip
