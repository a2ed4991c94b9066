"""The Smart Energy Code's framework, read once."""

import pytest

from engross.adapters.code_folder import load_code
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.framework.rules import Frameworks
from tests.core.proposals.journeys import Journey

CODE = load_code("sec")
CALENDAR = WorkingDayCalendar.of("england-and-wales")
FRAMEWORKS = Frameworks(CODE)


@pytest.fixture
def journey() -> Journey:
    """Return a proposal that has not been raised yet."""
    return Journey(CODE, CALENDAR, FRAMEWORKS)
