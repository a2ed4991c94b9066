"""The whole suite: on SQLite, and beside it on a throw-away PostgreSQL and in the browser.

    python -m tests.support.suite [PYTEST ARGUMENTS]

They and what needs no database run at once; the lines of what runs beside are kept and printed at
the end. All of them end even if one fails. The last lines repeat how each ended and say
what was skipped and why; with CI=true a missing PostgreSQL or browser is a failure.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.support.outcome import VARIABLE, Outcome, skip_sentence
from tests.support.postgres import NoPostgres, throwaway_postgres

# The browser sees no database, but for a smoke; the rules, the formats and the tools have none;
# and what is marked `once` says the same on any.
WITHOUT_DATABASE = ("tests/tools", "tests/core", "tests/adapters")
WITH_DATABASE = ("tests/apps", "tests/cli", "tests/published", "tests/journeys",
                 "tests/test_demo.py")  # fmt: skip
# To read files of tests takes seconds too, and these have none for the browser.
WITHOUT_BROWSER = ("tests/core", "tests/adapters", "tests/apps", "tests/cli", "tests/published",
                   "tests/test_demo.py")  # fmt: skip
ON_POSTGRES = "(not browser and not once) or smoke"
ONCE_IS_ENOUGH = ["-m", ON_POSTGRES, *(f"--ignore={each}" for each in WITHOUT_DATABASE)]
ROOT = Path(__file__).resolve().parents[2]
NO_TESTS = 5  # pytest's status when no test was left to run


@dataclass
class Run:
    """How one run of pytest on one database ended."""

    database: str
    status: int
    outcome: Outcome | None
    why_not: str = ""
    lines: str = ""

    def __str__(self) -> str:
        if self.why_not:
            return f"{self.database}: not run, {self.why_not}"
        if self.outcome is None:
            return f"{self.database}: ended with status {self.status} before its tests did"
        verdict = "green" if self.status == 0 else f"RED (pytest's status {self.status})"
        ran = self.outcome.passed + self.outcome.failed
        return f"{self.database}: {verdict}, {ran} tests ran, {self.outcome.failed} of them failed"


def run_pytest(
    database: str, arguments: Sequence[str], *, is_kept: bool = False, **environment: str
) -> Run:
    """Run pytest in a process of its own and return how it ended, with its lines if kept."""
    if not is_kept:
        print(heading_of(database), flush=True)
    with tempfile.TemporaryDirectory(prefix="engross-suite-") as folder:
        kept = Path(folder) / "outcome.json"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *arguments],
            env={**os.environ, VARIABLE: str(kept), **environment},
            check=False,
            stdout=subprocess.PIPE if is_kept else None,
            stderr=subprocess.STDOUT if is_kept else None,
            text=True,
        )
        return Run(database, done.returncode, Outcome.read(kept), lines=done.stdout or "")


def heading_of(database: str) -> str:
    """Return the line above the tests on a database."""
    return f"\n---- Tests on {database} ----"


# An address that the caller's shell happens to hold must not turn this into another run.
SQLITE = "sqlite://:memory:"


def run_on_sqlite(arguments: Sequence[str]) -> Run:
    """Run on SQLite every test but the browser's, and those that have no database."""
    left_out = [f"--ignore={each}" for each in WITHOUT_DATABASE]
    return run_pytest("SQLite", [*arguments, "-m", "not browser", *left_out], DATABASE_URL=SQLITE)


def run_without_database(arguments: Sequence[str]) -> Run:
    """Run the tests of the rules, the formats and the tools."""
    left_out = [f"--ignore={each}" for each in WITH_DATABASE]
    told = [*arguments, "-m", "not browser", *left_out]
    return run_pytest("no database", told, is_kept=True, DATABASE_URL=SQLITE)


def run_in_browser(arguments: Sequence[str]) -> Run:
    """Run the browser's tests; their sites have SQLite."""
    left_out = [f"--ignore={each}" for each in WITHOUT_BROWSER]
    told = [*arguments, "-m", "browser", *left_out]
    return run_pytest("a browser", told, is_kept=True, DATABASE_URL=SQLITE)


def run_on_postgres(arguments: Sequence[str], *, in_ci: bool) -> Run:
    """Run the tests on PostgreSQL, save those it cannot change; in CI not having one fails."""
    try:
        with throwaway_postgres() as url:
            told = [*arguments, *ONCE_IS_ENOUGH]
            return run_pytest("PostgreSQL", told, is_kept=True, DATABASE_URL=url)
    except NoPostgres as problem:
        return Run("PostgreSQL", 1 if in_ci else 0, None, why_not=str(problem))


def last_lines(runs: Sequence[Run]) -> list[str]:
    """Return what to print last: each run, then all that was skipped."""
    skips: dict[str, int] = {}
    for run in runs:
        for reason, count in (run.outcome.skips if run.outcome else {}).items():
            skips[reason] = skips.get(reason, 0) + count
        if run.why_not:
            skips["every test on PostgreSQL, since none can be had here"] = 1
    return [*(str(run) for run in runs), skip_sentence(skips)]


def status_of(runs: Sequence[Run]) -> int:
    """Return the exit status: the first run's that failed; a run may select nothing."""
    return next((run.status for run in runs if run.status not in (0, NO_TESTS)), 0)


def main(arguments: Sequence[str]) -> int:
    """Run the suite on both databases; return the exit status."""
    # A plain kill unwinds like Ctrl-C, so that the server goes too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    in_ci = os.environ.get("CI") == "true"
    # The browser waits for pages and PostgreSQL's tests for the server; and begun together, none is
    # left to run alone when the others have ended.
    with ThreadPoolExecutor(3) as beside:
        postgres = beside.submit(run_on_postgres, arguments, in_ci=in_ci)
        browser = beside.submit(run_in_browser, arguments)
        rules = beside.submit(run_without_database, arguments)
        runs = [run_on_sqlite(arguments), rules.result(), postgres.result(), browser.result()]
    for run in runs[1:]:
        print(heading_of(run.database), run.lines, sep="\n", flush=True)
    print("\n" + "\n".join(last_lines(runs)), flush=True)
    return status_of(runs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
