"""The registers of Parties: names, categories, Voting Groups, events and market entry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.fiction.days import months, weekday
from demo.fiction.memberships import NOW, THEN, Kind, Membership, Size, memberships
from demo.fiction.sheets import Sheets, facts_of, pick, rows_of, sheet

GROUNDS = (
    ("DCC charges unpaid three Working Days after a failure notice", "M8.1(c)"),
    ("Credit support not given within three Working Days of a notice", "M8.1(d)"),
    ("Another sum unpaid five Working Days after a notice", "M8.1(e)"),
)
WAYS_OUT = {"withdrew": "The Party asked to leave", "expelled": "The Party has ceased trading"}
# Parties of each category then and now; Other SEC Parties make up the rest of the total.
CHOSEN = {
    "electricity-networks": ("EN", "Electricity Network", 1, Size(24, 18), 27, 0),
    "gas-networks": ("GN", "Gas Network", 1, Size(17, 12), 20, 0),
    "large-suppliers": ("LS", "Supplier", 1, Size(26, 11), 30, 0),
    "small-suppliers": ("SS", "Supplier", 101, Size(80, 75), 108, 15),
}
OTHERS_LEAVING = 20
SUPPLIERS_AND_NETWORKS = tuple(CHOSEN)
PRINTED = {
    "electricity-networks": "Electricity Networks",
    "gas-networks": "Gas Networks",
    "large-suppliers": "Large Suppliers",
    "small-suppliers": "Small Suppliers",
    "other-sec-parties": "Other SEC Parties",
}
ROLES = {
    "electricity-networks": ("electricity-distributor",),
    "gas-networks": ("gas-transporter",),
    "large-suppliers": ("import-supplier", "export-supplier", "gas-supplier"),
    "small-suppliers": ("import-supplier", "gas-supplier", "export-supplier"),
    "other-sec-parties": ("other-user",),
}
# How many networks and large suppliers are Users; small suppliers make up the rest.
USERS = {"large-suppliers": 28, "electricity-networks": 20, "gas-networks": 6}
LAST_USER_JOINED_ON, LAST_USER_ON = date(2021, 3, 31), date(2021, 8, 27)
TESTED = (date(2018, 2, 12), date(2018, 2, 27))
DEFAULTS_BEFORE = (2, 1, 3, 0, 2, 4, 1, 2, 5, 3, 6)


@dataclass(frozen=True)
class Wanted:
    """What published papers say of the Parties, and what the facts already hold of it."""

    now: Mapping[str, Any]
    then: Mapping[str, Any]
    real_parties: Mapping[str, int]
    real_users: int


def party_sheets(folder: Path) -> Sheets:
    """Return the fictional sheets of every register of Parties."""
    wanted = _wanted(folder)
    members = memberships(_kinds(wanted), wanted.then)
    users = _users(members, wanted)
    return {
        "parties": _parties(members),
        "party-categories": _spells("party category held_from held_until", members, "category"),
        "voting-groups": _spells("party voting_group held_from held_until", members, "group"),
        "party-events": _events(members, wanted),
        "market-entry": _market_entry(users, members, wanted),
    }


def _wanted(folder: Path) -> Wanted:
    real = dict.fromkeys(PRINTED, 0)
    for row in rows_of(folder / "party-categories.csv"):
        if row["category"] in real:
            real[row["category"]] += 1
    users = {r["party"] for r in rows_of(folder / "market-entry.csv") if r["process"] == "uep"}
    return Wanted(
        facts_of(folder / "printed/published-2021-09.json"),
        facts_of(folder / "printed/known-2018-02.json"),
        real, len(users),
    )  # fmt: skip


def _kinds(wanted: Wanted) -> list[Kind]:
    kinds = []
    groups = wanted.now["voting_groups_by_category"]
    for category, (short, name, number, then, parties, leaving) in CHOSEN.items():
        real = wanted.real_parties[category]
        now = Size(parties - real, groups[PRINTED[category]] - real)
        kinds.append(Kind(category, short, name, number, then, now, leaving))
    other = "other-sec-parties"
    then = Size(
        wanted.then["parties"] - sum(kind.then.parties for kind in kinds),
        wanted.then["voting_groups"] - sum(kind.then.groups for kind in kinds),
    )
    rest = wanted.now["parties"] - sum(entry[4] for entry in CHOSEN.values())
    real = wanted.real_parties[other]
    now = Size(rest - real, groups[PRINTED[other]] - real)
    return [*kinds, Kind(other, "OP", "Party", 1, then, now, OTHERS_LEAVING)]


def _parties(members: Sequence[Membership]) -> str:
    """Return the names; the supplier that grew keeps its own, so it has one row."""
    rows = []
    for member in members:
        if member.grew and member.category == "large-suppliers":
            continue
        until = None if member.grew else member.left_on
        rows.append((member.party, member.name, member.joined_on, until))
    return sheet("party legal_name held_from held_until", rows)


def _reference(member: Membership, members: Sequence[Membership]) -> str:
    """Return the Party's reference: the supplier that grew keeps the one it had."""
    if member.grew:
        return next(each.party for each in members if each.grew and each.left_on)
    return member.party


def _spells(columns: str, members: Sequence[Membership], what: str) -> str:
    rows = [
        (_reference(member, members), getattr(member, what), member.joined_on, member.left_on)
        for member in members
    ]
    return sheet(columns, rows)


def _events(members: Sequence[Membership], wanted: Wanted) -> str:
    rows = [*_joined_and_left(members), *_defaults(members, wanted)]
    rows.sort(key=lambda row: (row[2], row[0], row[1]))
    return sheet("party event happened_on ground clause", rows)


def _joined_and_left(members: Sequence[Membership]) -> Iterator[tuple[Any, ...]]:
    for member in members:
        if not (member.grew and member.category == "large-suppliers"):
            yield (member.party, "acceded", member.joined_on, "", "")
        if member.way_out:
            yield (member.party, member.way_out, member.left_on, WAYS_OUT[member.way_out], "M8")


def _defaults(members: Sequence[Membership], wanted: Wanted) -> Iterator[tuple[Any, ...]]:
    """Yield Events of Default: the year to February 2018 had one, September 2021 had ten."""
    small = [m for m in members if m.category == "small-suppliers" and not m.grew]
    old = [member for member in small if member.left_on is None and member.joined_on < THEN]
    spans = [(date(2017, 10, 1), wanted.then["defaults_12_months"])]
    spans += zip(months("2020-10", "2021-08"), DEFAULTS_BEFORE, strict=True)
    spans.append((date(2021, 9, 1), wanted.now["parties_in_default_declared_in_month"]))
    place = 0
    for month, count in spans:
        for _ in range(count):
            member = old[place]
            place += 1
            day = weekday(month + timedelta(days=pick(f"default {member.party}", 2, 25)))
            yield (member.party, "default-declared", day, *GROUNDS[place % len(GROUNDS)])
            if month < date(2021, 8, 1):
                cleared = weekday(day + timedelta(days=21))
                yield (member.party, "default-cleared", cleared, "The sum was paid", "M8")


def _users(members: Sequence[Membership], wanted: Wanted) -> list[Membership]:
    """Return the Parties that have completed the User Entry Process."""
    could = [m for m in members if m.is_member(NOW) and m.joined_on <= LAST_USER_JOINED_ON]
    parties = sum(entry[4] for entry in CHOSEN.values())
    needed = parties - wanted.now["network_and_supplier_parties_without_uep"]
    others = wanted.now["parties_completed_uep"] - needed
    counts = {**USERS, "small-suppliers": needed - sum(USERS.values()) - wanted.real_users,
              "other-sec-parties": others}  # fmt: skip
    chosen = {
        category: [each for each in could if each.category == category][:count]
        for category, count in counts.items()
    }
    if short := [each for each, count in counts.items() if len(chosen[each]) < count]:
        raise ValueError(f"Too few Parties could be Users in {', '.join(short)}")
    return [member for members_of in chosen.values() for member in members_of]


def _market_entry(
    users: Iterable[Membership], members: Sequence[Membership], wanted: Wanted
) -> str:
    users = list(users)
    old = [m for m in users if m.category == "small-suppliers" and m.joined_on < date(2018, 1, 1)]
    tested = old[: wanted.then["uept_parties"]]
    rows = [*_tests(tested, wanted.then["uept_user_roles"])]
    for user in users:
        day = _completed_on(user, is_tested=user in tested)
        roles = ROLES[user.category][: pick(f"roles {user.party}", 1, 3)]
        reference = _reference(user, members)
        rows += [(reference, "uep", role, day) for role in roles]
    rows.sort(key=lambda row: (row[3], row[0], row[1], row[2]))
    return sheet("party process user_role completed_on", rows)


def _completed_on(user: Membership, *, is_tested: bool) -> date:
    first = max(user.joined_on + timedelta(days=60), date(2017, 7, 3))
    if is_tested:
        first = date(2018, 3, 12)
    room = min(500, (LAST_USER_ON - first).days)
    return weekday(first + timedelta(days=pick(f"uep {user.party}", 0, room)))


def _tests(tested: Sequence[Membership], user_roles: int) -> Iterator[tuple[Any, ...]]:
    """Yield the tests of February 2018: so many Parties, for so many User Roles in all."""
    spare = user_roles - 2 * len(tested)
    first, last = TESTED
    for place, member in enumerate(tested):
        day = weekday(first + timedelta(days=pick(f"test {member.party}", 0, (last - first).days)))
        for role in ROLES[member.category][: 3 if place < spare else 2]:
            yield (member.party, "uept", role, day)
        if place % 2:
            yield (member.party, "srept", "", day)
