"""Who may vote as at a day: the seats of a body, who sits on each, and who stands in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from engross.core.voting.rules import SeatGroup


class SeatKey(NamedTuple):
    """Which seat: its group, and its number there or the Voting Group that it belongs to."""

    group: str
    place: str


@dataclass(frozen=True)
class Seat:
    """A seat as at a day: the organisation that holds it, its member, and who stands in."""

    key: SeatKey
    organisation: str = ""
    members: tuple[int, ...] = ()
    alternates: tuple[int, ...] = ()

    @property
    def is_vacant(self) -> bool:
        """Say whether nobody holds the seat; who only stands in does not."""
        return not (self.organisation or self.members)

    @property
    def people(self) -> frozenset[int]:
        """Who may cast the seat's ballot."""
        return frozenset((*self.members, *self.alternates))


@dataclass(frozen=True)
class Electorate:
    """The seats of a body as at a day, by group, in the order of the code's data."""

    body: str
    on: date
    groups: tuple[SeatGroup, ...]
    seats: tuple[Seat, ...]

    @cached_property
    def by_key(self) -> dict[SeatKey, Seat]:
        """The seats by their keys."""
        return {seat.key: seat for seat in self.seats}

    @cached_property
    def voting_groups(self) -> tuple[SeatGroup, ...]:
        """The groups whose seats have a vote."""
        return tuple(each for each in self.groups if each.votes)

    @property
    def vacancies(self) -> tuple[Seat, ...]:
        """The seats that nobody holds."""
        return tuple(seat for seat in self.seats if seat.is_vacant)

    def seats_in(self, group: str) -> tuple[Seat, ...]:
        """Return the seats of a group."""
        return tuple(seat for seat in self.seats if seat.key.group == group)

    def seats_of(self, person: int) -> tuple[Seat, ...]:
        """Return the seats with a vote whose ballot a person may cast: as member, or standing in.

        Their own seat comes first.
        """
        votes = {each.key for each in self.voting_groups}
        own = [each for each in self.seats if person in each.people and each.key.group in votes]
        return tuple(sorted(own, key=lambda each: person not in each.members))


@dataclass(frozen=True)
class Sitting:
    """A person's place on a body: on which seat, as its member or standing in for the member."""

    person: int
    seat: SeatKey
    stands_in: bool = False


def electorate_of(
    body: str,
    on: date,
    *,
    groups: tuple[SeatGroup, ...],
    voting_groups: Mapping[str, Collection[str]],
    holdings: Mapping[SeatKey, str],
    sittings: Iterable[Sitting],
) -> Electorate:
    """Return who may vote as at a day.

    `voting_groups` are the names of the Voting Groups by Party Category, `holdings` the
    organisations that hold seats. A group with a seat for each Voting Group has as many as there
    are; where none is recorded, those that somebody holds.
    """
    listed = list(sittings)
    keys: list[SeatKey] = []
    for group in groups:
        held = {key.place for key in holdings if key.group == group.key}
        held |= {each.seat.place for each in listed if each.seat.group == group.key}
        keys += [SeatKey(group.key, place) for place in _places(group, voting_groups, held)]

    def people_of(key: SeatKey, *, stands_in: bool) -> tuple[int, ...]:
        found = (e.person for e in listed if e.seat == key and e.stands_in is stands_in)
        return tuple(sorted(found))

    seats = tuple(
        Seat(key, holdings.get(key, ""), people_of(key, stands_in=False),
             people_of(key, stands_in=True))
        for key in keys
    )  # fmt: skip
    return Electorate(body, on, groups, seats)


def _places(
    group: SeatGroup, voting_groups: Mapping[str, Collection[str]], held: Collection[str]
) -> list[str]:
    if not group.is_per_voting_group:
        return [str(number) for number in range(1, group.seats + 1)]
    known = {name for category in group.constituency for name in voting_groups.get(category, ())}
    return sorted(known or held, key=str.casefold)


def changes_between(before: Electorate, after: Electorate) -> list[str]:
    """Return in words how the seats changed from one day to another, seat by seat."""
    names = {each.key: each.name for each in (*before.groups, *after.groups)}
    found = []
    for key in sorted({*before.by_key, *after.by_key}):
        was, now = before.by_key.get(key), after.by_key.get(key)
        seat = f"{names[key.group]}, {key.place}"
        if was is None or now is None:
            found.append(f"{seat}: the seat {'came' if was is None else 'went'}")
        elif was.organisation != now.organisation or was.members != now.members:
            found.append(f"{seat}: {_change(was, now)}")
    return found


def _change(was: Seat, now: Seat) -> str:
    if now.is_vacant:
        return "fell vacant"
    if was.is_vacant:
        return "was filled"
    return "somebody else holds it"
