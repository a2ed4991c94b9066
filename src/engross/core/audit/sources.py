"""From where something is done: a page, the API or a command, and its network address."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SOURCE: ContextVar[str] = ContextVar("source", default="")


def source_now() -> str:
    """Return from where this thread of work comes; empty where nobody said."""
    return _SOURCE.get()


@contextmanager
def coming_from(source: str) -> Iterator[None]:
    """Say from where everything within the block is done."""
    token = _SOURCE.set(source)
    try:
        yield
    finally:
        _SOURCE.reset(token)
