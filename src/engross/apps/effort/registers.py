"""The register of days worked."""

from engross.apps.effort.models import EffortEntry
from engross.apps.registers.registers import Register, add_register
from engross.core.registers.columns import Column, Kind

effort = add_register(
    Register(
        name="effort",
        title="Effort",
        meaning="Days worked in a month, by driver, product, team and grade",
        model=EffortEntry,
        columns=(
            Column("month", "The month", Kind.MONTH, required=True, example="2018-02"),
            Column("effort_group", "The group of drivers", Kind.CHOICE, required=True,
                   choices="effort_groups", example="core"),
            Column("driver", "The driver", Kind.CHOICE, required=True, choices="effort_drivers",
                   example="party-support"),
            Column("product", "The product under the driver", Kind.CHOICE,
                   choices="effort_products"),
            Column("team", "The team", Kind.CHOICE, required=True, choices="effort_teams",
                   example="core"),
            Column("grade", "The grade", Kind.CHOICE, choices="effort_grades"),
            Column("days", "Days, to a hundredth", Kind.DECIMAL, required=True, example="12.25"),
        ),
        key=("month", "effort_group", "driver", "product", "team", "grade"),
        order=("month", "effort_group", "driver", "product", "team", "grade"),
        day="month",
        filters=("effort_group", "driver", "team"),
    )
)  # fmt: skip
