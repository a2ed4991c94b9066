"""How long a mail waits that could not be handed over, and when that is given up."""

from datetime import timedelta

# A server that is down over a long weekend still gets its mail.
_WAITS_MINUTES = (1, 5, 15, 60, 240, 720, 1440, 1440, 1440)
MOST_ATTEMPTS = len(_WAITS_MINUTES) + 1


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts; None if that was the last.

    Raises ValueError if `attempts` is less than 1.
    """
    if attempts < 1:
        raise ValueError(f"There was no attempt: {attempts}")
    if attempts >= MOST_ATTEMPTS:
        return None
    return timedelta(minutes=_WAITS_MINUTES[attempts - 1])
