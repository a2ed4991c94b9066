"""Who is a fictional Party, in which category and Voting Group, from when until when.

Two populations are asked for: one as at the end of February 2018, one as at the end of
September 2021. Some Parties of the first leave, others join, and one small supplier grows
into a large one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from demo.fiction.days import weekday
from demo.fiction.sheets import pick

THEN, NOW = date(2018, 2, 28), date(2021, 9, 30)
YEAR_TO_THEN = (date(2017, 3, 1), THEN)
# September 2021 itself has the one accession that the paper names, and none of ours.
MONTHS_TO_NOW = (date(2020, 10, 1), date(2021, 8, 31))
IN_BETWEEN = (date(2018, 3, 1), date(2020, 9, 30))
LONG_AGO = (date(2013, 10, 1), date(2017, 2, 28))
GREW_ON = date(2019, 4, 1)


@dataclass(frozen=True)
class Size:
    """How many Parties a category has, in how many Voting Groups."""

    parties: int
    groups: int


@dataclass(frozen=True)
class Kind:
    """A category of the demonstration: its sizes then and now, and how many leave between."""

    category: str
    short: str
    name: str
    first_number: int
    then: Size
    now: Size
    leaving: int


@dataclass(frozen=True)
class Membership:
    """A Party in a category and a Voting Group, from a day until another."""

    party: str
    name: str
    category: str
    group: str
    joined_on: date
    left_on: date | None = None
    way_out: str = ""
    grew: bool = False

    def is_member(self, day: date) -> bool:
        """Say whether the Party is a member on `day`."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)


def memberships(kinds: Sequence[Kind], past: Mapping[str, int]) -> list[Membership]:
    """Return every fictional membership; `past` has the events of the year to February 2018."""
    early = [member for kind in kinds for member in _of_then(kind)]
    early = _with_days(early, past["accessions_12_months"])
    late = [member for kind in kinds for member in _joining(kind)]
    return [*_gone_by_then(past), *_leaving(early, kinds), *_joining_days(late)]


def _member(kind: Kind, place: int, group: int) -> Membership:
    number = kind.first_number + place - 1
    return Membership(
        party=f"F-{kind.short}-{place:03d}",
        name=f"Fictional {kind.name} {number:03d} Limited",
        category=kind.category,
        group=f"Fictional Group {kind.short}-{group:03d}",
        joined_on=date.min,
    )


def _of_then(kind: Kind) -> Iterator[Membership]:
    """Yield the Parties of February 2018: each group's first, then the affiliates."""
    staying = kind.then.groups - kind.leaving
    for place in range(1, kind.then.parties + 1):
        affiliate = place - kind.then.groups
        group = place if affiliate <= 0 else (affiliate - 1) % staying + 1
        yield _member(kind, place, group)


def _joining(kind: Kind) -> Iterator[Membership]:
    """Yield the Parties that came after February 2018: new groups first, then affiliates."""
    staying = kind.then.parties - kind.leaving
    new_groups = kind.now.groups - (kind.then.groups - kind.leaving)
    for n in range(kind.now.parties - staying):
        place = kind.then.parties + n + 1
        group = kind.then.groups + n + 1 if n < new_groups else n - new_groups + 1
        yield replace(_member(kind, place, group), grew=kind.short == "LS" and n == 0)


def _with_days(members: list[Membership], accessions: int) -> list[Membership]:
    """Give each the day it joined: so many of them in the year to February 2018."""
    drawn = sorted(members, key=lambda member: pick(f"joins {member.party}", 0, 10**9))
    recent = {member.party for member in drawn[:accessions]}
    return [
        replace(member, joined_on=_day(
            "joined", member, YEAR_TO_THEN if member.party in recent else LONG_AGO))
        for member in members
    ]  # fmt: skip


def _joining_days(members: list[Membership]) -> list[Membership]:
    drawn = sorted(members, key=lambda member: pick(f"comes {member.party}", 0, 10**9))
    late = {member.party for member in drawn[: len(drawn) // 4]}
    return [
        replace(member, joined_on=GREW_ON) if member.grew
        else replace(member, joined_on=_day(
            "joined", member, MONTHS_TO_NOW if member.party in late else IN_BETWEEN))
        for member in members
    ]  # fmt: skip


def _leaving(members: list[Membership], kinds: Sequence[Kind]) -> Iterator[Membership]:
    """Yield the members of then, with the day and way out of those that leave."""
    going = {
        f"F-{kind.short}-{place:03d}": place
        for kind in kinds
        for place in range(kind.then.groups - kind.leaving + 1, kind.then.groups + 1)
    }
    grows = next(kind for kind in kinds if kind.short == "SS").then.groups
    for member in members:
        if member.party == f"F-SS-{grows:03d}":
            yield replace(member, left_on=GREW_ON, grew=True)
        elif member.party in going:
            span = MONTHS_TO_NOW if going[member.party] % 3 == 0 else IN_BETWEEN
            way = "expelled" if going[member.party] % 2 else "withdrew"
            yield replace(member, left_on=_day("left", member, span), way_out=way)
        else:
            yield member


def _gone_by_then(past: Mapping[str, int]) -> Iterator[Membership]:
    """Yield the Parties that left in the year to February 2018."""
    ways = ["withdrew"] * past["withdrawals_12_months"] + ["expelled"] * past[
        "expulsions_12_months"
    ]
    for place, way in enumerate(ways, start=1):
        kind = Kind("other-sec-parties", "XP", "Party", 901, Size(0, 0), Size(0, 0), 0)
        member = _member(kind, place, place)
        yield replace(
            member, joined_on=_day("joined", member, LONG_AGO),
            left_on=_day("left", member, YEAR_TO_THEN), way_out=way,
        )  # fmt: skip


def _day(what: str, member: Membership, span: tuple[date, date]) -> date:
    """Return a weekday of the span; the last days are left free so that it stays in it."""
    first, last = span
    room = (last - first).days - 2
    return weekday(first + timedelta(days=pick(f"{what} {member.party}", 0, room)))
