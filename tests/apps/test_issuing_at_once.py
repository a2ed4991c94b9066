"""Two who issue one month's paper at the same moment: one of them is told so."""

from datetime import UTC, date, datetime

import pytest

from engross.apps.reports import queries
from engross.apps.reports.commands import issue_paper
from engross.apps.reports.models import IssuedPaper
from engross.core.dates.months import Month
from engross.core.refusals import Refused

pytestmark = pytest.mark.django_db
MONTH = Month(2021, 9)


def issue() -> IssuedPaper:
    """Issue the month's paper, as nobody in particular."""
    at = datetime(2021, 10, 15, 9, 0, tzinfo=UTC)
    return issue_paper("operations-report", MONTH, by=None, at=at, on=date(2021, 10, 15))


def test_the_second_of_two_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert issue().version == 1
    # The second looked before the first had written: it saw no version.
    monkeypatch.setattr(queries, "issued_versions", lambda paper, month: [])
    with pytest.raises(Refused, match="Somebody else issued this paper in between"):
        issue()
    assert IssuedPaper.objects.count() == 1
