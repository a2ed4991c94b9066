"""The register of corrections to the table of holidays."""

from engross.apps.dates.models import HolidayCorrection
from engross.apps.registers.registers import Register, add_register
from engross.core.registers.columns import Column, Kind

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
    )
)  # fmt: skip
