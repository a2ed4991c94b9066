"""Storing a code of 30,000 provisions and reading it back, on the database of DATABASE_URL."""

import os
import statistics
import subprocess
import sys
import time
from datetime import date, timedelta
from functools import cache
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import benchmark, database_for_others, temporary_database
from benchmarks.legal_edits import Plan, edited
from benchmarks.legal_texts import legal_code
from benchmarks.legal_versions import TOUCHED, day_of, publish
from engross.core.legaltext.provisions import Code, Document

VERSIONS = 50
LONG_DOCUMENT = 1500


class Cost(NamedTuple):
    """What one command took: seconds on the clock, and the rows it wrote of all that are stored."""

    seconds: float
    share_of_rows: float


@cache
def _code() -> Code:
    return legal_code(provisions=30_000, words=1_000_000, seed=1)


def _published(code: Code, number: int) -> Cost:
    """Publish a text as the version of a number, a month after the one before."""
    began = time.perf_counter()
    report = publish(code, number)
    seconds = time.perf_counter() - began
    return Cost(seconds, 100 * report.rows_written / _rows())


def _rows() -> int:
    from engross.apps.legaltext.models import DocumentVersion, Placement, Provision, ProvisionText

    return sum(
        model.objects.count() for model in (Provision, ProvisionText, Placement, DocumentVersion)
    )


@cache
def _costs() -> dict[str, Cost]:
    """Import the code, then publish a version with few edits, and one with sections renumbered."""
    with temporary_database():
        costs = {"import": _published(_code(), 1)}
        few, _ = edited(_code(), TOUCHED, seed=2)
        costs["few"] = _published(few, 2)
        renumbered, _ = edited(few, Plan(0, 0, 0, 0, 0, 0, renumbered_sections=1), seed=3)
        costs["renumbered"] = _published(renumbered, 3)
    return costs


@benchmark("storing: import of a code of 30,000 provisions", unit="s", budget=30)
def import_seconds() -> float:
    """Return seconds on the clock for the first import of the whole code."""
    return _costs()["import"].seconds


@benchmark("storing: new version that touches 1 %, ids unknown", unit="s", budget=2)
def version_seconds() -> float:
    """Return seconds on the clock for a whole new text of which 1 % is other."""
    return _costs()["few"].seconds


@benchmark("storing: rows written for it, of all rows", unit="%", budget=2)
def version_rows() -> float:
    """Return the share of all rows that the new version wrote or changed."""
    return _costs()["few"].share_of_rows


@benchmark("storing: new version with a whole section renumbered", unit="s", budget=2)
def renumbered_seconds() -> float:
    """Return seconds on the clock for a whole new text in which one section has other numbers."""
    return _costs()["renumbered"].seconds


@benchmark("storing: rows written for that, of all rows", unit="%", budget=2)
def renumbered_rows() -> float:
    """Return the share of all rows that it wrote or changed."""
    return _costs()["renumbered"].share_of_rows


ASK = """
import sys, time, django
django.setup()
from datetime import date
from engross.apps.legaltext.queries import document_as_at
from engross.core.legaltext.provisions import provisions_of
began = time.perf_counter()
document = document_as_at(sys.argv[1], on=date.fromisoformat(sys.argv[2]))
took = time.perf_counter() - began
assert sum(1 for _ in provisions_of(document)) >= int(sys.argv[3])
print(1000 * took)
"""


def _long_documents() -> Code:
    """Return four documents of 1,500 provisions."""
    made = legal_code(provisions=LONG_DOCUMENT * 4, words=LONG_DOCUMENT * 140, seed=4)
    clauses = [clause for each in made.documents for clause in each.provisions]
    share = len(clauses) // 4
    return Code(tuple(
        Document(f"Schedule {at + 1}", "Generated",
                 provisions=tuple(clauses[at * share : (at + 1) * share]))
        for at in range(4)
    ))  # fmt: skip


def _asked_cold(url: str, name: str, day: date) -> float:
    """Return milliseconds for a document as at a day, the first thing a process asks."""
    arguments = [sys.executable, "-c", ASK, name, str(day), str(LONG_DOCUMENT * 9 // 10)]
    environment = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(arguments, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout)


@benchmark("storing: a document as at a day, among 50 versions, cold", unit="ms", budget=100)
def as_at_milliseconds() -> float:
    """Return milliseconds for 1,500 provisions, the median of five days, each in a new process."""
    code = _long_documents()
    with TemporaryDirectory(prefix="engross-bench-") as folder, database_for_others(folder) as url:
        for number in range(1, VERSIONS + 1):
            _published(code, number)
            code, _ = edited(code, TOUCHED, seed=number)
        days = [day_of(number) + timedelta(days=3) for number in (1, 10, 25, 40, 50)]
        return statistics.median(_asked_cold(url, "Schedule 2", day) for day in days)
