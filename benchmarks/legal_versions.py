"""Versions of a generated code, published a month apart into the database at hand."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.legal_edits import Plan
from engross.core.legaltext.provisions import Code

if TYPE_CHECKING:
    from engross.apps.legaltext.commands import ImportReport

# When all of it is recorded: after every day on which a version takes effect.
NOW = datetime(2030, 1, 1, tzinfo=UTC)
# What a release does to a whole code: a few edits of each kind.
TOUCHED = Plan(
    edited=0.007, moved=0.0005, inserted=0.001, deleted=0.001, split=0.0002, joined=0.0002,
    renumbered_sections=0,
)  # fmt: skip
_FIRST = date(2020, 1, 1)


def day_of(number: int) -> date:
    """Return the day on which the version of a number takes effect."""
    return _FIRST + timedelta(days=30 * number)


def publish(code: Code, number: int) -> "ImportReport":
    """Publish a whole text as the version of a number, and return what was written."""
    from engross.apps.legaltext.commands import publish_version

    day = day_of(number)
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return publish_version(
        f"{number}.0", code, effective_on=day, by=None, at=NOW, published_at=moment, whole=True
    )
