"""The register of monthly totals that come from outside."""

from collections.abc import Iterable, Mapping

from engross.apps.metrics.models import SeriesValue
from engross.apps.registers.registers import Register, add_register
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value


def _value_or_rank(values: Mapping[str, Value]) -> Iterable[Reason]:
    if values["value"] is None and values["rank"] is None:
        yield Reason("neither a value nor a rank", "a value, or a rank where only that is known")


monthly_series = add_register(
    Register(
        name="monthly-series",
        title="Monthly series",
        meaning="Monthly totals from outside the platform or from before it",
        model=SeriesValue,
        columns=(
            Column("series", "The series", Kind.CHOICE, required=True, choices="series",
                   example="website-visits"),
            Column("month", "The month", Kind.MONTH, required=True, example="2021-09"),
            Column("part", "The part, where the series has parts (a topic, a page)", longest=120),
            Column("value", "The total", Kind.WHOLE, least=0, example="23456"),
            Column("rank", "The place in the order, for a top list", Kind.WHOLE, least=1),
            Column("is_at_least", "Yes when the total is known to be so many or more", Kind.FLAG,
                   default=False, example="no"),
            Column("source", "Where the total comes from", longest=200),
        ),
        key=("series", "month", "part"),
        order=("month", "series", "rank", "part"),
        day="month",
        filters=("series",),
        row_rules=_value_or_rank,
    )
)  # fmt: skip
