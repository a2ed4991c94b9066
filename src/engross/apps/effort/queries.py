"""Reading the register of days worked, as known at a moment."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from engross.apps.effort.models import EffortEntry
from engross.core.dates.months import Month


class EffortRow(NamedTuple):
    """Days that a team spent in a month, as recorded."""

    group: str
    driver: str
    product: str
    team: str
    grade: str
    days: Decimal
    basis: str


def effort_in(month: Month, *, known_at: datetime | None = None) -> list[EffortRow]:
    """Return the days worked in a month, by group, driver, product, team and grade."""
    rows = EffortEntry.objects.known_at(known_at).filter(month=month.first_day)
    fields = ("effort_group", "driver", "product", "team", "grade", "days", "basis")
    return [EffortRow(*values) for values in rows.order_by(*fields[:5]).values_list(*fields)]
