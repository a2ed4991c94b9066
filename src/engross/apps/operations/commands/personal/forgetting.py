"""Forgetting in time what need not be kept."""

from datetime import date, datetime, timedelta

from django.db import transaction

from engross.apps.audit.commands import record_event
from engross.apps.operations.commands.personal.kinds import KINDS
from engross.apps.registers.queries import active_code


def retention_days(parameter: str, *, on: date) -> int | None:
    """Return for how many days a kind is kept; None where the code does not say, so for ever."""
    code = active_code()
    if parameter not in code.parameters:
        return None
    value = code.parameter(parameter, on=on)
    return value if isinstance(value, int) else None


@transaction.atomic
def forget_overdue(*, on: date, at: datetime) -> dict[str, int]:
    """Forget what is older than the code's parameters let it be; return how many rows by kind."""
    forgotten: dict[str, int] = {}
    for kind in sorted(KINDS, key=lambda kind: kind.adds_events):
        days = retention_days(kind.retention, on=on) if kind.retention else None
        if kind.forget and days is not None:
            count = kind.forget(at - timedelta(days=days), at)
            if count:
                forgotten[kind.name] = count
    if forgotten:
        record_event(action="person.forget", subject="personal-data", by=None, at=at,
                     details={"rows": forgotten})  # fmt: skip
    return forgotten
