"""How long the command line takes to answer, in a process of its own each time."""

import subprocess
import sys

from benchmarks import benchmark, wall_milliseconds


def _seconds(*words: str) -> float:
    def run() -> None:
        subprocess.run([sys.executable, "-m", "engross", *words], check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip

    return wall_milliseconds(run, repeat=7) / 1000


@benchmark("engross --help", unit="s", budget=0.4)
def start() -> float:
    """Return seconds on the clock until the commands are listed."""
    return _seconds("--help")


@benchmark("engross workdays count", unit="s", budget=0.6)
def count_working_days() -> float:
    """Return seconds on the clock for one count, holidays and all."""
    return _seconds("workdays", "count", "2021-05-10", "2021-09-30", "--inclusive")
