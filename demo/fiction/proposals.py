"""Fillers among the proposals, numbered from 901, so that the month's figures come out.

How many of each stage, and how old they are together, is worked out from what is published
and from what the real proposals already make up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.fiction.days import first_of, weekday, weekdays
from demo.fiction.known_proposals import OPEN, ages, known_proposals
from demo.fiction.sheets import Sheets, facts_of, pick, rows_of, sheet

MONTH_END = date(2021, 9, 30)
YEAR_START = date(2020, 10, 1)
FIRST_NUMBER = 901
PRINTED = {"Define": "define", "Refine": "refine", "Opine": "opine", "Release": "release"}
RAISED_IN_MONTH = (date(2021, 9, 6), date(2021, 9, 13), date(2021, 9, 20), date(2021, 9, 23))
DEFINE_SINCE = (date(2021, 8, 9), date(2021, 7, 12), date(2021, 8, 16), date(2021, 7, 19))
LAST_MOVE = date(2021, 8, 31)
# How those concluded ended, day by day; those approved and not yet live come on top.
ENDED = (
    ("rejected", date(2020, 11, 25)), ("withdrawn", date(2020, 12, 8)),
    ("rejected", date(2021, 2, 24)), ("withdrawn", date(2021, 5, 18)),
    ("withdrawn", date(2021, 8, 10)), ("rejected", date(2021, 7, 28)),
)  # fmt: skip
BOARDS = (
    date(2020, 10, 28), date(2020, 12, 16), date(2021, 1, 27), date(2021, 2, 24),
    date(2021, 3, 24), date(2021, 4, 28), date(2021, 5, 26), date(2021, 6, 23),
    date(2021, 7, 28), date(2021, 8, 25),
)  # fmt: skip
RELEASES = (
    ("February 2021 SEC Release", date(2021, 2, 25)),
    ("June 2021 SEC Release", date(2021, 6, 24)),
)
NEXT_RELEASE = ("November 2021 SEC Release", date(2021, 11, 4))
SUBJECTS = (
    "wording of a notice", "order of two tables", "a form's heading", "a time limit in days",
    "a report's first page", "a register's columns", "a list's file name", "an address for notices",
    "a definition used once", "a cross reference", "a unit of measure", "a rounding rule",
)  # fmt: skip


@dataclass(frozen=True)
class Filler:
    """A made-up proposal: when it was raised, and what became of it."""

    number: int
    raised_on: date
    moves: tuple[tuple[str, date], ...]
    release: tuple[str, date] | None = None

    @property
    def name(self) -> str:
        return f"MP{self.number}"

    @property
    def title(self) -> str:
        return f"Fictional modification {self.number}: {SUBJECTS[self.number % len(SUBJECTS)]}"


def proposal_sheets(folder: Path) -> Sheets:
    """Return the fictional sheets of the registers of proposals, and the derived one."""
    fillers = list(_fillers(folder))
    return {
        "proposals": sheet(
            "proposal title raised_on route",
            [(f.name, f.title, f.raised_on, "self-governance") for f in fillers],
        ),
        "proposal-stages": sheet(
            "proposal stage moved_on body",
            [(f.name, stage, day, _mover(stage)) for f in fillers for stage, day in f.moves],
        ),
        "decisions": sheet("proposal body decided_on outcome", _decisions(fillers)),
        "proposal-tranches": sheet(
            "proposal sequence state release implemented_on", _tranches(fillers)
        ),
        "proposal-impacts": sheet("proposal kind affected", _impacts(fillers)),
    }


def derived_assessments(folder: Path) -> str:
    """Return the completed assessments, each with the day that its printed length leads to."""
    rows = []
    for row in rows_of(folder / "printed" / "durations.csv"):
        returned_on = date.fromisoformat(row["returned_on"])
        accepted_on = first_of(returned_on, int(row["printed_days"]))
        rows.append((row["proposal"], row["kind"], 1, accepted_on, returned_on,
                     row["target_working_days"], "weekdays-inclusive"))  # fmt: skip
    columns = "proposal kind sequence accepted_on returned_on target_working_days convention"
    return sheet(columns, rows, basis="derived")


def _fillers(folder: Path) -> Iterator[Filler]:
    numbers = iter(range(FIRST_NUMBER, FIRST_NUMBER + 100))
    for filler in [*_concluded(folder), *_open(folder)]:
        yield replace(filler, number=next(numbers))


def _open(folder: Path) -> list[Filler]:
    """Return fillers that are open at the month's end, as many and as old as is missing."""
    facts, known = facts_of(folder / "printed/published-2021-09.json"), known_proposals(folder)
    real = [each for each in known if each.stage_on(MONTH_END) in OPEN]
    missing = _missing(facts, Counter(each.stage_on(MONTH_END) for each in real))
    missing["awaiting-authority"] = facts["proposals_open"] - len(real) - missing.total()
    if missing["opine"] or missing["awaiting-authority"]:
        raise ValueError(f"The real proposals leave {dict(missing)}, which has no fillers")
    young = _in_definition(facts["proposals_raised_in_month"], missing["define"])
    known_ages = ages(real, MONTH_END)
    count = len(known_ages) + missing["define"] + missing["refine"]
    own = facts["proposals_open_average_wd"] * count - sum(known_ages)
    own -= sum(weekdays(filler.raised_on, MONTH_END) for filler in young)
    return [*_in_refinement(own, missing["refine"]), *young]


def _missing(facts: Mapping[str, Any], real: Counter[str]) -> Counter[str]:
    printed = {PRINTED[name]: count for name, count in facts["proposals_by_stage"].items()}
    return Counter({stage: printed[stage] - real[stage] for stage in ("define", "refine", "opine")})


def _in_definition(raised: int, count: int) -> list[Filler]:
    older = sorted(DEFINE_SINCE[: count - raised])
    days = [*older, *RAISED_IN_MONTH[:raised]]
    return [Filler(0, day, (("define", day),)) for day in days]


def _in_refinement(total: int, count: int) -> list[Filler]:
    fillers = []
    for length in _lengths(total, count, step=20):
        raised_on = first_of(MONTH_END, length)
        refined_on = min(_later(raised_on, 30), LAST_MOVE)
        fillers.append(Filler(0, raised_on, (("define", raised_on), ("refine", refined_on))))
    return fillers


def _concluded(folder: Path) -> list[Filler]:
    """Return fillers concluded in the 12 months, as many and as long as is missing."""
    facts, known = facts_of(folder / "printed/published-2021-09.json"), known_proposals(folder)
    ended = {each: each.concluded_on(MONTH_END) for each in known}
    real = {each: day for each, day in ended.items() if day and day >= YEAR_START}
    waiting = facts["proposals_by_stage"]["Release"]
    waiting -= sum(each.stage_on(MONTH_END) == "release" for each in known)
    count = facts["proposals_concluded_12_months"] - len(real)
    lengths = [age for each, day in real.items() if (age := each.age_on(day))]
    own = facts["proposals_concluded_average_wd"] * (count + len(lengths)) - sum(lengths)
    ends = list(_ends(count, waiting))
    return [
        _ended(outcome, day, length, release)
        for (outcome, day, release), length in zip(ends, _lengths(own, count, step=12), strict=True)
    ]


def _ends(count: int, waiting: int) -> Iterator[tuple[str, date, tuple[str, date] | None]]:
    """Yield how each ended: some not approved, some live since, the rest waiting to go live."""
    for outcome, day in ENDED:
        yield outcome, day, None
    for place in range(count - len(ENDED) - waiting):
        release = RELEASES[place % len(RELEASES)]
        boards = [day for day in BOARDS if day < release[1] - timedelta(days=20)]
        yield "approved", boards[place % len(boards)], release
    for place in range(waiting):
        yield "approved", BOARDS[1:][place % len(BOARDS[1:])], NEXT_RELEASE


def _ended(outcome: str, day: date, length: int, release: tuple[str, date] | None) -> Filler:
    raised_on = first_of(day, length)
    moves = [("define", raised_on), ("refine", _later(raised_on, min(30, length // 3)))]
    if outcome != "withdrawn":
        moves.append(("opine", first_of(day, min(22, length // 3))))
    moves.append(("release" if outcome == "approved" else outcome, day))
    if release and release[1] <= MONTH_END:
        moves.append(("implemented", release[1]))
    return Filler(0, raised_on, tuple(moves), release)


def _lengths(total: int, count: int, *, step: int) -> list[int]:
    """Return `count` lengths that add up to `total`, spread evenly around their mean."""
    mean, over = divmod(total, count)
    middle = count - 1
    lengths = [mean + (2 * place - middle) * step // 2 for place in range(count)]
    lengths[-1] += total - sum(lengths)
    if min(lengths) < 40 or over >= count:
        raise ValueError(f"{count} proposals cannot last {total} days in all with this spread")
    return lengths


def _later(day: date, days: int) -> date:
    return weekday(day + timedelta(days=days))


def _mover(stage: str) -> str:
    return {"refine": "csc", "opine": "csc", "release": "change-board",
            "rejected": "change-board"}.get(stage, "")  # fmt: skip


def _decisions(fillers: Sequence[Filler]) -> Iterator[tuple[Any, ...]]:
    outcomes = {"release": "approved", "rejected": "rejected"}
    for filler in fillers:
        for stage, day in filler.moves:
            if stage in outcomes:
                yield (filler.name, "change-board", day, outcomes[stage])


def _tranches(fillers: Sequence[Filler]) -> Iterator[tuple[Any, ...]]:
    for filler in fillers:
        if filler.release:
            name, day = filler.release
            yield (filler.name, 1, "done" if day <= MONTH_END else "approved", name, day)


def _impacts(fillers: Sequence[Filler]) -> Iterator[tuple[Any, ...]]:
    groups = ("Large Suppliers", "Small Suppliers", "Other SEC Parties", "DCC")
    for filler in fillers:
        yield (filler.name, "party-category", groups[pick(filler.name, 0, len(groups) - 1)])
