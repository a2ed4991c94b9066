"""How long a delivery waits that was not taken, and when that is given up."""

from collections.abc import Sequence
from datetime import timedelta


def read_waits(text: str) -> tuple[timedelta, ...]:
    """Read a schedule such as '1, 5, 30': the minutes after each attempt until the next.

    Raises ValueError if it is none, or names no wait.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isascii() and part.isdigit() and int(part) for part in parts):
        raise ValueError(f"'{text}' is no list of whole minutes of 1 or more")
    return tuple(timedelta(minutes=int(part)) for part in parts)


def wait_after(attempts: int, waits: Sequence[timedelta]) -> timedelta | None:
    """Return how long to wait after so many attempts; None if that was the last.

    Raises ValueError if `attempts` is less than 1.
    """
    if attempts < 1:
        raise ValueError(f"There was no attempt: {attempts}")
    return waits[attempts - 1] if attempts <= len(waits) else None
