"""The monthly paper: every figure of it, and all four formats in a process that is warm."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from benchmarks import benchmark, peak_megabytes, temporary_database, wall_milliseconds

MONTH, ON = "2021-09", date(2021, 11, 1)


def _take_in_demonstration() -> None:
    from datetime import UTC, datetime

    from engross.adapters.tables import read_file
    from engross.apps.registers.commands import NamedSheet, import_sheets

    folder = Path(__file__).resolve().parents[1] / "demo" / "sec"
    files = [read_file(path) for path in sorted(folder.glob("*.csv"))]
    sheets = [
        NamedSheet(file.file_name.split(".")[0], file.file_name, file.sha256, list(table.lines))
        for file in files
        for table in file.tables
    ]
    import_sheets(sheets, by=None, at=datetime(2021, 11, 1, tzinfo=UTC))


@benchmark("Operations Report, all figures and four formats, warm", unit="s", budget=2)
def four_formats() -> float:
    """Return seconds on the clock for composing and writing the September 2021 paper."""
    from engross.apps.reports.commands import write_report
    from engross.core.dates.months import Month

    folder = Path(tempfile.mkdtemp())
    try:
        with temporary_database():
            _take_in_demonstration()
            month = Month.parse(MONTH)
            return (
                wall_milliseconds(
                    lambda: write_report("operations-report", month, folder, on=ON), warm_up=2
                )
                / 1000
            )
    finally:
        shutil.rmtree(folder)


@benchmark("Operations Report, its figures alone, warm", unit="s", budget=0.6)
def figures_alone() -> float:
    """Return seconds on the clock for every figure of the month."""
    from engross.apps.reports.queries import all_figures, asking_for
    from engross.core.dates.months import Month

    with temporary_database():
        _take_in_demonstration()
        month = Month.parse(MONTH)
        return wall_milliseconds(lambda: all_figures(asking_for(month, on=ON)), warm_up=2) / 1000


@benchmark("Operations Report, memory held at most", unit="MB", budget=512)
def memory() -> float:
    """Return the most memory held by the benchmarks of this file."""
    return peak_megabytes()
