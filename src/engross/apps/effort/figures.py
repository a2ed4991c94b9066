"""Figures of days worked: by driver, by team, and what the drivers stand for."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from engross.apps.effort.queries import EffortRow, effort_in
from engross.apps.registers.figures import called, once
from engross.core.codes.codes import Option
from engross.core.reports.checks import CheckResult, check, sum_of
from engross.core.reports.figures import Answer, Asking, figure
from engross.core.reports.tables import (
    ROUNDING,
    Cell,
    ColumnKind,
    ColumnSpec,
    columns,
    table,
)

NEEDS = ("effort",)
NO_DAYS = Decimal("0.00")


def effort_told(asking: Asking) -> list[EffortRow]:
    """Return the days worked in the month."""
    return once(asking, _read_effort)


def _read_effort(asking: Asking) -> list[EffortRow]:
    return effort_in(asking.month, known_at=asking.known_at)


def _bases_of(found: Iterable[EffortRow]) -> frozenset[str]:
    return frozenset(each.basis for each in found)


def _days(found: Iterable[EffortRow]) -> Decimal:
    return sum((each.days for each in found), start=NO_DAYS)


def _drivers(asking: Asking) -> list[tuple[str, str]]:
    """Return the pairs of group and driver in force in the month or in use, in order."""
    in_force = [
        (option.text("group"), option.key)
        for option in asking.code.options("effort_drivers", asking.month.last_day)
    ]
    used = [(each.group, each.driver) for each in effort_told(asking)]
    groups = sorted(asking.code.options("effort_groups"), key=lambda each: each.number("order"))
    place = {group.key: at for at, group in enumerate(groups)}
    pairs = dict.fromkeys([*in_force, *used])
    return sorted(pairs, key=lambda pair: place.get(pair[0], len(place)))


@figure(
    "effort.days.total",
    title="Days worked",
    unit="days",
    method="Days of all rows of the month, added up to a hundredth.",
    needs=NEEDS,
)
def effort_total(asking: Asking) -> Answer:
    """Add up the days worked in the month."""
    found = effort_told(asking)
    rows = [
        (
            called(asking.code, "effort_groups", each.group),
            called(asking.code, "effort_drivers", each.driver),
            called(asking.code, "effort_products", each.product) if each.product else None,
            called(asking.code, "effort_teams", each.team),
            called(asking.code, "effort_grades", each.grade) if each.grade else None,
            each.days,
        )
        for each in found
    ]
    specs = columns(
        ("group", "", "text"),
        ("driver", "", "text"),
        ("product", "", "text"),
        ("team", "", "text"),
        ("grade", "", "text"),
        ("days", "", "decimal"),
    )
    return Answer(_days(found), table(specs, rows), _bases_of(found))


@figure(
    "effort.by_driver",
    title="Days by driver",
    unit="days",
    method="Days of the month by driver, drivers in force without any too.",
    needs=NEEDS,
)
def effort_by_driver(asking: Asking) -> Answer:
    """Add up the days of each driver."""
    rows = [
        (
            called(asking.code, "effort_groups", group),
            called(asking.code, "effort_drivers", driver),
            _days(each for each in effort_told(asking) if each[:2] == (group, driver)),
            driver,
        )
        for group, driver in _drivers(asking)
    ]
    specs = columns(
        ("group", "", "text"),
        ("driver", "", "text"),
        ("days", "", "decimal"),
        ("driver_key", "", "text"),
    )
    return Answer(rows=table(specs, rows).with_total(), bases=_bases_of(effort_told(asking)))


@figure(
    "effort.by_driver_and_team",
    title="Days by driver and team",
    unit="days",
    method="Days of the month by driver, in one column for each team.",
    needs=NEEDS,
)
def effort_by_driver_and_team(asking: Asking) -> Answer:
    """Add up the days that each team spent on each driver."""
    teams = {option.key: option for option in asking.code.options("effort_teams")}
    specs = (
        ColumnSpec("driver"),
        *(ColumnSpec(each.key, each.name, ColumnKind.DECIMAL) for each in teams.values()),
    )
    rows = [_team_row(asking, pair, tuple(teams)) for pair in _drivers(asking)]
    return Answer(rows=table(specs, rows).with_total(), bases=_bases_of(effort_told(asking)))


def _team_row(asking: Asking, pair: tuple[str, str], teams: Sequence[str]) -> tuple[Cell, ...]:
    own = [each for each in effort_told(asking) if each[:2] == pair]
    cells = (_days(each for each in own if each.team == team) for team in teams)
    return called(asking.code, "effort_drivers", pair[1]), *cells


@figure(
    "effort.products",
    title="What the drivers stand for",
    unit="products",
    method="The products that the code lists for the month, under the driver that its appendix "
    "puts them under.",
)
def effort_products(asking: Asking) -> Answer:
    """List the products of each driver, as the code has them in the month."""
    products = asking.code.options("effort_products", asking.month.last_day)
    order = [option.key for option in asking.code.options("effort_appendix_drivers")]
    place = {key: at for at, key in enumerate(order)}
    ordered = sorted(products, key=lambda each: place.get(each.text("appendix_driver"), len(place)))
    rows = [(_driver_of(asking, each), each.name, each.note or None) for each in ordered]
    specs = columns(("driver", "", "text"), ("product", "", "text"), ("description", "", "text"))
    return Answer(rows=table(specs, rows))


def _driver_of(asking: Asking, product: Option) -> str:
    if key := product.text("appendix_driver"):
        return called(asking.code, "effort_appendix_drivers", key)
    return called(asking.code, "effort_drivers", product.text("driver"))


@check("effort.rounding", title="Days by driver and by team add up to the days worked")
def effort_rounding(asking: Asking) -> CheckResult:
    """Compare the tables of days with their total, allowing for a hundredth of rounding."""
    names = ("effort.by_driver", "effort.by_driver_and_team", "effort.days.total")
    total = Decimal(asking.value(names[2]))
    by_driver = Decimal(sum_of(asking.rows(names[0]).cells("days")))
    teams = asking.rows(names[1])
    by_team = Decimal(sum(sum_of(teams.cells(each.name)) for each in teams.columns[1:]))
    said = f"By driver {by_driver}, by team {by_team}, in all {total} days"
    apart = max(abs(by_driver - total), abs(by_team - total))
    if 0 < apart <= ROUNDING:
        said += ": rounding, not an error"
    return CheckResult(apart <= ROUNDING, said, names)
