"""The demonstration's records in a database, once for all tests of a file."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from engross.cli.demo import REPOSITORY, sheets_of
from engross.core.dates.months import Month
from engross.core.reports.figures import Asking

TAKEN_IN_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LATER = date(2026, 1, 5)

Ask = Callable[[str], Asking]


@pytest.fixture(scope="module")
def ask(django_db_setup, django_db_blocker) -> Iterator[Ask]:
    """Return a function that begins a round of questions about a month, written as 2021-09."""
    from engross.apps.registers.commands import import_sheets
    from engross.apps.reports.queries import asking_for

    with django_db_blocker.unblock(), transaction.atomic():
        sheets = sheets_of(REPOSITORY / "demo" / "sec")
        import_sheets(sheets, by=None, at=TAKEN_IN_AT)
        yield lambda month: asking_for(Month.parse(month), on=LATER)
        transaction.set_rollback(True)
