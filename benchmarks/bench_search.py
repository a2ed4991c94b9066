"""Searching a code of 30,000 provisions and ordinary registers, on the database of DATABASE_URL."""

import atexit
import time
from datetime import date
from functools import cache

from benchmarks import bench_pages, benchmark, cpu_milliseconds, temporary_database
from benchmarks.legal_edits import edited
from benchmarks.legal_texts import legal_code
from benchmarks.legal_versions import TOUCHED, publish

TODAY = date(2022, 1, 1)
VERSIONS = 3
# What people type: a word that little holds, two words, a phrase, a word that much holds.
QUESTIONS = (
    "invoice",
    "security certificate",
    '"reasonable steps"',
    "meter*",
    "kind:proposal change",
)
COMMON = "Party shall"


@cache
def _built_seconds() -> float:
    """Take in the code in a few versions and the registers, and make all that can be found."""
    from engross.apps.search.commands import rebuild

    database = temporary_database()
    database.__enter__()
    atexit.register(database.__exit__, None, None, None)
    code = legal_code(provisions=30_000, words=1_000_000, seed=1)
    for number in range(1, VERSIONS + 1):
        publish(code, number)
        code, _ = edited(code, TOUCHED, seed=number + 1)
    bench_pages.record_registers()
    began = time.perf_counter()
    rebuild()
    return time.perf_counter() - began


def _searched(*questions: str) -> float:
    """Return the mean CPU milliseconds of a search, its hits shown, by an ordinary reader."""
    from engross.apps.search.commands import catch_up
    from engross.apps.search.queries import asked_for, found_by, jump_for
    from engross.core.access import ANYONE

    _built_seconds()
    found = 0

    def search(text: str) -> None:
        nonlocal found
        asked = asked_for(text, reader=ANYONE, on=TODAY, behind=catch_up())
        jump_for(asked)
        found += found_by(asked).total

    took = [cpu_milliseconds(lambda text=text: search(text)) for text in questions]  # type: ignore[misc]
    if not found:
        raise RuntimeError("Nothing was found: the questions do not fit the text")
    return sum(took) / len(took)


@benchmark("search: the whole code and the registers", unit="ms", budget=20)
def search_milliseconds() -> float:
    """Return milliseconds of CPU for what people type, on average."""
    return _searched(*QUESTIONS)


@benchmark("search: two words that much of the code holds", unit="ms", budget=120)
def common_milliseconds() -> float:
    """Return milliseconds of CPU for words that a great part of the provisions hold."""
    return _searched(COMMON)


@benchmark("search: making all that can be found anew", unit="s", budget=60)
def rebuild_seconds() -> float:
    """Return seconds on the clock for a rebuild."""
    return _built_seconds()
