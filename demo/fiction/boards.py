"""Who holds the seats of the Change Board in 2021: fictional Parties, one of each Voting Group."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date

from demo.fiction.memberships import NOW
from demo.fiction.sheets import Sheets, pick, sheet

ELECTED_ON = date(2021, 1, 4)
# Seats that stand for several categories, and how many of them are held: one stays vacant.
SEATS = (
    ("cb-small-suppliers", ("small-suppliers",), 3),
    ("cb-networks", ("electricity-networks", "gas-networks"), 3),
    ("cb-other-sec-parties", ("other-sec-parties",), 2),
)
CONSUMERS = "Fictional Consumer Council"


def board_sheets(parties: Sheets) -> Sheets:
    """Return who holds the seats, given the sheets of the fictional Parties."""
    rows = [*_of_groups(parties), *_elected(parties),
            ("cb-consumer", "1", CONSUMERS, ELECTED_ON, None)]  # fmt: skip
    return {"seat-holdings": sheet("seat place organisation held_from held_until", rows)}


def _of_groups(parties: Sheets) -> Iterator[tuple[object, ...]]:
    """Yield the seat of each Large Suppliers' Voting Group, held by its first Party."""
    names, groups = _held(parties, "parties", "legal_name"), _held(parties, "voting-groups",
                                                                   "voting_group")  # fmt: skip
    seated: set[str] = set()
    for party in sorted(_in_categories(parties, ("large-suppliers",))):
        group, since = groups[party]
        if group not in seated:
            seated.add(group)
            held_from = max(since, ELECTED_ON)
            yield "cb-large-suppliers", group, names[party][0], held_from, None


def _elected(parties: Sheets) -> Iterator[tuple[object, ...]]:
    """Yield the seats that are elected, each held by another Party that was one on the day."""
    names = _held(parties, "parties", "legal_name")
    for seat, categories, held in SEATS:
        there = [party for party in _in_categories(parties, categories)
                 if names[party][1] <= ELECTED_ON]  # fmt: skip
        drawn = sorted(there, key=lambda party: pick(f"elected {party}", 0, 10**9))
        for place, party in enumerate(drawn[:held], start=1):
            yield seat, str(place), names[party][0], ELECTED_ON, None


def _in_categories(parties: Sheets, categories: tuple[str, ...]) -> list[str]:
    held = _held(parties, "party-categories", "category")
    return [party for party, (category, _) in held.items() if category in categories]


def _held(parties: Sheets, name: str, column: str) -> Mapping[str, tuple[str, date]]:
    """Return what a sheet says of each Party at the end of September 2021, and since when."""
    rows = csv.DictReader(io.StringIO(parties[name]))
    return {
        row["party"]: (row[column], date.fromisoformat(row["held_from"]))
        for row in rows
        if row["held_from"] <= str(NOW) and (not row["held_until"] or row["held_until"] > str(NOW))
    }
