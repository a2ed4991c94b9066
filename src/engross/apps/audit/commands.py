"""Writing down what somebody did, in the transaction that does it."""

from datetime import datetime
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event


def record_event(
    *,
    action: str,
    subject: str,
    by: User | None,
    at: datetime,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> Event:
    """Add an event; the caller's transaction keeps it together with the change itself."""
    return Event.objects.create(
        action=action, subject=subject[:200], by=by, happened_at=at, reason=reason,
        details=details or {},
    )  # fmt: skip
