"""Taking a long file into a register, from the command line, in a process of its own."""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import xlsxwriter  # type: ignore[import-untyped]

from benchmarks import benchmark

ROWS = 100_000
TITLES = ["party", "legal_name", "trading_name", "signifier", "company_number", "held_from",
          "held_until", "basis"]  # fmt: skip


class Cost(NamedTuple):
    """What one import took."""

    seconds: float
    megabytes: float


def _rows() -> Iterator[list[str]]:
    yield TITLES
    for n in range(ROWS):
        yield [f"P{n:06}", f"Example Energy {n} Limited", f"Trading {n}", f"SIG{n}", f"{n:08}",
               "2021-09-01", "", "record"]  # fmt: skip


def _write(path: Path) -> None:
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(_rows())
        return
    workbook = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = workbook.add_worksheet("parties")
    for number, row in enumerate(_rows()):
        sheet.write_row(number, 0, row)
    workbook.close()


@cache
def _import(ending: str) -> Cost:
    """Import a file of new Parties into an empty database that is ready for it."""
    with tempfile.TemporaryDirectory(prefix="engross-bench-") as folder:
        path = Path(folder) / f"parties.{ending}"
        _write(path)
        _engross(folder, "export", "parties", "--out", os.devnull)  # makes the tables
        return _engross(folder, "import", str(path))


def _engross(folder: str, *words: str) -> Cost:
    environment = {**os.environ, "ENGROSS_VAR": folder,
                   "DJANGO_SETTINGS_MODULE": "engross.config.settings"}  # fmt: skip
    environment.pop("DATABASE_URL", None)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "engross", *words],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"engross {words[0]} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(time.perf_counter() - began, used.ru_maxrss * unit / 1e6)


@benchmark("import of 100,000 rows, CSV", unit="s", budget=20)
def csv_seconds() -> float:
    """Return seconds on the clock, from the command to its end."""
    return _import("csv").seconds


@benchmark("import of 100,000 rows, CSV, peak memory", unit="MB", budget=500)
def csv_megabytes() -> float:
    """Return the most memory that the process held."""
    return _import("csv").megabytes


@benchmark("import of 100,000 rows, XLSX", unit="s", budget=20)
def xlsx_seconds() -> float:
    """Return seconds on the clock, from the command to its end."""
    return _import("xlsx").seconds


@benchmark("import of 100,000 rows, XLSX, peak memory", unit="MB", budget=500)
def xlsx_megabytes() -> float:
    """Return the most memory that the process held."""
    return _import("xlsx").megabytes
