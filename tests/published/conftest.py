"""Questions about the demonstration's records."""

from collections.abc import Callable
from datetime import date

import pytest

from engross.core.dates.months import Month
from engross.core.reports.figures import Asking

LATER = date(2026, 1, 5)

Ask = Callable[[str], Asking]


@pytest.fixture(scope="module")
def ask(demonstration) -> Ask:
    """Return a function that begins a round of questions about a month, written as 2021-09."""
    from engross.apps.reports.queries import asking_for

    return lambda month: asking_for(Month.parse(month), on=LATER)
