"""The register of corrections to the table of holidays."""

from collections.abc import Iterable, Mapping
from datetime import date

from engross.apps.dates.models import HolidayCorrection
from engross.apps.registers.queries import active_code
from engross.apps.registers.registers import Register, add_register
from engross.core.dates.places import settle_place
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Column, Kind, Value


def _place_and_day_known(values: Mapping[str, Value]) -> Iterable[Reason]:
    """Return the reasons against a correction that no calendar would ever look at."""
    own = active_code().calendar
    nation, day = str(values["nation"] or ""), values["day"]
    try:
        settle_place(own.country, nation or own.nation)
    except Refused as refused:
        yield from refused.reasons
    calendar = WorkingDayCalendar(own.country, own.nation)
    if isinstance(day, date) and not calendar.first_day <= day <= calendar.last_day:
        yield Reason(f"the day {day}", f"a day from {calendar.first_day} to {calendar.last_day}")


holiday_corrections = add_register(
    Register(
        name="holiday-corrections",
        title="Holiday corrections",
        meaning="Days that are, or are not, holidays whatever the nation's table says",
        model=HolidayCorrection,
        columns=(
            Column("nation", "The nation it holds for; empty for the code's own", Kind.IDENTIFIER,
                   longest=60, example="scotland"),
            Column("day", "The day", Kind.DAY, required=True, example="2022-09-19"),
            Column("is_holiday", "Whether it is a holiday", Kind.FLAG, required=True,
                   example="yes"),
            Column("name", "What it is called", required=True, longest=200,
                   example="State Funeral"),
            Column("announced_on", "When it was announced", Kind.DAY, required=True,
                   example="2022-09-10"),
        ),
        key=("nation", "day"),
        order=("day", "nation"),
        day="day",
        row_rules=_place_and_day_known,
    )
)  # fmt: skip
