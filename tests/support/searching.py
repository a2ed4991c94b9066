"""Searching as a page does, for tests."""

from collections import Counter
from datetime import date
from typing import Any

from engross.apps.search.commands import catch_up
from engross.apps.search.queries import Asked, Found, Jump, asked_for, found_by, jump_for
from engross.core.access import ANYONE, Reader

TODAY = date(2021, 11, 1)


def asking(text: str, *, reader: Reader = ANYONE, **more: Any) -> Asked:
    """Return a question, asked after the sources were brought up to date."""
    behind = catch_up()
    return asked_for(text, reader=reader, on=more.pop("on", TODAY), behind=behind, **more)


def search(text: str, **more: Any) -> Found:
    """Return what is found."""
    return found_by(asking(text, **more))


def titles(text: str, **more: Any) -> list[str]:
    """Return the titles of what is found, in order."""
    return [hit.plain_title for hit in search(text, **more).hits]


def kinds(text: str, **more: Any) -> Counter[str]:
    """Return how many are found of each kind."""
    return Counter(dict(search(text, **more).counts))


def jump(text: str, **more: Any) -> Jump | None:
    """Return where the text leads at once."""
    return jump_for(asking(text, **more))
