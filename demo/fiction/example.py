"""Everything of the example code: a small fictional year among Members, Motions and lamps."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from demo.fiction.days import months, weekday
from demo.fiction.example_codes import guild_sheets
from demo.fiction.example_counts import FIRST, LAST, council_sheets, count_sheets, lamp_sheets
from demo.fiction.sheets import Sheets, sheet

KEPT_FROM, KEPT_UNTIL = date(2020, 8, 1), date(2021, 10, 1)
MEMBERS = (
    ("LO", "lamp-owners", "Lamp Owner", 7, 5),
    ("OM", "oil-merchants", "Oil Merchant", 9, 6),
    ("WM", "wick-makers", "Wick Maker", 5, 5),
)
STAGES = ("spark", "flame", "glow", "lit")
REGISTERS = (
    "parties",
    "party-categories",
    "voting-groups",
    "party-events",
    "market-entry",
    "proposals",
    "proposal-stages",
    "proposal-holds",
    "proposal-impacts",
    "proposal-links",
    "proposal-tranches",
    "assessments",
    "decisions",
    "releases",
    "code-versions",
    "meetings",
    "papers",
    "highlights",
    "product-lists",
    "device-assurance",
    "effort",
    "helpdesk-contacts",
    "newsletter-issues",
    "monthly-series/website-visits",
    "monthly-series/website-page-views",
)


def example_sheets() -> Sheets:
    """Return the sheets of every register of the example code."""
    return {
        **_members(),
        **_motions(),
        **council_sheets(),
        **count_sheets(),
        **lamp_sheets(),
        **guild_sheets(),
        "kept-registers": sheet(
            "register held_from held_until", [(name, KEPT_FROM, KEPT_UNTIL) for name in REGISTERS]
        ),
    }


def _each_member() -> Iterator[tuple[str, str, str, str, date, date | None]]:
    for short, category, name, count, benches in MEMBERS:
        for place in range(1, count + 1):
            key = f"{short}{place}"
            joined = date(2019, 3, 4) if place < count else date(2021, 9, 6)
            left = date(2021, 5, 10) if key == "OM5" else None
            bench = f"{name}s' Bench {(place - 1) % benches + 1}"
            yield key, f"Fictional {name} {place}", category, bench, joined, left
    yield "HO", "Fictional Harbour Office", "harbour-office", "", date(2016, 2, 1), None


def _members() -> Sheets:
    members = list(_each_member())
    voting = [each for each in members if each[3]]
    events = [(key, "acceded", day, "", "") for key, _, _, _, day, _ in voting]
    events += [
        (key, "withdrew", end, "Gave up the trade", "Rule 4") for key, *_, end in voting if end
    ]
    events += [
        ("OM2", "default-declared", date(2021, 9, 13), "Dues unpaid", "Rule 5"),
        ("OM3", "default-declared", date(2021, 2, 8), "Dues unpaid", "Rule 5"),
        ("OM3", "default-cleared", date(2021, 3, 8), "Dues paid", "Rule 5"),
    ]
    entered = [
        (key, "lantern-test", role, date(2021, 2, 1) + timedelta(days=21 * place))
        for place, key in enumerate(("LO1", "LO2", "OM1", "OM2", "OM4", "OM6", "OM7"))
        for role in ("drawer", "inspector")[: 1 + place % 2]
    ]
    entered += [
        ("LO3", "lantern-test", "drawer", date(2021, 9, 14)),
        ("LO3", "store-trial", "", date(2021, 9, 13)),
    ]
    return {
        "parties": sheet(
            "party legal_name held_from held_until",
            [(key, name, day, end) for key, name, _, _, day, end in members],
        ),
        "party-categories": sheet(
            "party category held_from held_until",
            [(key, kind, day, end) for key, _, kind, _, day, end in members],
        ),
        "voting-groups": sheet(
            "party voting_group held_from held_until",
            [(key, bench, day, end) for key, _, _, bench, day, end in voting],
        ),
        "party-events": sheet("party event happened_on ground clause", events),
        "market-entry": sheet("party process user_role completed_on", entered),
    }


def _each_motion() -> Iterator[tuple[str, list[tuple[str, date]]]]:
    """Yield each Motion with its moves; the later ones have gone less far."""
    for place, month in enumerate(months(FIRST, LAST)):
        raised = weekday(month + timedelta(days=6))
        steps = [raised + timedelta(days=n) for n in (0, 49, 147, 210)]
        moves = [(stage, weekday(day)) for stage, day in zip(STAGES, steps, strict=True)]
        if place % 5 == 3:
            moves[2:] = [("doused", moves[2][1])]
        yield f"M/{place + 1:02d}", [move for move in moves if move[1] < KEPT_UNTIL]


def _motions() -> Sheets:
    motions = list(_each_motion())
    movers = {"flame": "trimming-table", "glow": "lamp-council", "doused": "lamp-council"}
    outcomes = {"flame": "fanned", "glow": "approved", "doused": "rejected"}
    moves = [
        (name, stage, day, movers.get(stage, "")) for name, steps in motions for stage, day in steps
    ]
    # One Motion of the old book: nobody noted when it was raised.
    moves.append(("OB-019", "flame", date(2020, 3, 2), ""))
    lit = {name: day for name, stage, day, _ in moves if stage == "lit"}
    surveys = [
        _survey(name, day, days=9 + place % 6)
        for place, (name, stage, day, _) in enumerate(moves)
        if stage == "flame"
    ]
    columns = "proposal kind sequence accepted_on returned_on target_working_days convention"
    days = sorted(set(lit.values()))
    editions = {day: f"{3 + place}.0" for place, day in enumerate(days)}
    return {
        "proposals": sheet(
            "proposal title raised_on route proposer_category",
            [
                (
                    name,
                    f"Fictional motion {name[2:]}",
                    steps[0][1],
                    "council",
                    MEMBERS[place % 3][1],
                )
                for place, (name, steps) in enumerate(motions)
            ]
            + [("OB-019", "Fictional motion of the old book", "", "council", "")],
        ),
        "proposal-stages": sheet("proposal stage moved_on body", moves),
        "decisions": sheet(
            "proposal body decided_on outcome",
            [(name, body, day, outcomes[stage]) for name, stage, day, body in moves if body],
        ),
        "assessments": sheet(columns, surveys),
        "proposal-tranches": sheet(
            "proposal sequence state version implemented_on",
            [(n, 1, "done", editions[day], day) for n, day in lit.items()],
        ),
        "proposal-holds": sheet(
            "proposal held_from held_until ground",
            [("M/09", date(2021, 6, 1), "", "Waiting for a lamp")],
        ),
        "proposal-impacts": sheet(
            "proposal kind affected",
            [(name, "party-category", "Lamp Owners") for name, _ in motions],
        ),
        "proposal-links": sheet(
            "proposal relation other_code other", [("M/02", "related", "", "M/01")]
        ),
        "code-versions": sheet(
            "version effective_on cause key_changes",
            [
                (edition, day, "motion", "Motions of the quarter were lit")
                for day, edition in editions.items()
            ],
        ),
        "releases": sheet(
            "release kind released_on",
            [
                (f"Quarter day {day:%d %B %Y}", "scheduled", day)
                for day in (date(2021, 8, 2), date(2021, 11, 1))
            ],
        ),
    }


def _survey(name: str, moved_on: date, *, days: int) -> tuple[Any, ...]:
    """Return a survey accepted on the day after the move; those still out have no return."""
    accepted_on = weekday(moved_on + timedelta(days=1))
    returned_on = weekday(moved_on + timedelta(days=days))
    returned = returned_on if returned_on < KEPT_UNTIL else None
    target = 7 if accepted_on >= date(2021, 1, 4) else 9
    return (name, "survey", 1, accepted_on, returned, target, "working-days-after")
