"""What the platform costs, measured against its budgets; nothing here is a timed test.

A file `bench_<topic>.py` holds functions, each of which measures one thing and returns the
figure in the unit it names:

    @benchmark("list page of 60 rows", unit="ms", budget=12)
    def list_page() -> float:
        with temporary_database():
            ...
            return cpu_milliseconds(lambda: client.get("/parties/"))
"""

import gc
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


@dataclass(frozen=True)
class Benchmark:
    """One thing to measure: what it is, its unit, and the most it should cost."""

    title: str
    unit: str
    budget: float
    measure: Callable[[], float]


def benchmark(
    title: str, *, unit: str, budget: float
) -> Callable[[Callable[[], float]], Callable[[], float]]:
    """Mark a function as a benchmark; it is still an ordinary function.

    Units: `budget` is the most that the figure should be, in `unit`.
    """

    def mark(measure: Callable[[], float]) -> Callable[[], float]:
        measure.benchmark = Benchmark(title, unit, budget, measure)  # type: ignore[attr-defined]
        return measure

    return mark


def cpu_milliseconds(action: Callable[[], object], *, repeat: int = 20, warm_up: int = 3) -> float:
    """Return the median CPU time of `action` in this process, in milliseconds."""
    return _median_milliseconds(action, time.process_time, repeat=repeat, warm_up=warm_up)


def wall_milliseconds(action: Callable[[], object], *, repeat: int = 5, warm_up: int = 1) -> float:
    """Return the median time on the clock of `action`, in milliseconds."""
    return _median_milliseconds(action, time.perf_counter, repeat=repeat, warm_up=warm_up)


def _median_milliseconds(
    action: Callable[[], object], clock: Callable[[], float], *, repeat: int, warm_up: int
) -> float:
    for _ in range(warm_up):
        action()
    gc.collect()
    took = []
    for _ in range(repeat):
        began = clock()
        action()
        took.append(clock() - began)
    return statistics.median(took) * 1000


def peak_megabytes() -> float:
    """Return the most memory that this process has held so far, in MB of 10^6 bytes.

    Each bench file runs in a process of its own, so a figure is not another file's.
    """
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


class NotMeasured(Exception):
    """Why a thing cannot be measured on this machine; that is shown, and is no fault."""


@contextmanager
def temporary_database() -> Iterator[None]:
    """Give the block an empty migrated database, and remove it afterwards."""
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment(debug=False)
    real_name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(real_name, verbosity=0)
        teardown_test_environment()


@contextmanager
def database_for_others(folder: str) -> Iterator[str]:
    """Give the address of a temporary database that another process can open too."""
    from django.db import connection

    test = connection.settings_dict["TEST"]
    before = test.get("NAME")
    if connection.vendor == "sqlite":
        test["NAME"] = str(Path(folder) / "bench.sqlite3")
    try:
        with temporary_database():
            name = connection.settings_dict["NAME"]
            url = urlsplit(os.environ.get("DATABASE_URL", ""))
            yield (
                f"sqlite:///{name}"
                if connection.vendor == "sqlite"
                else urlunsplit(url._replace(path=f"/{name}"))
            )
    finally:
        test["NAME"] = before
