"""What every test may use, and how a run tells what it left out."""

import gc
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support.outcome import VARIABLE, Outcome, skip_sentence

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("ENGROSS_CORPUS", ROOT.parent / "shared" / "data"))
IN_CI = os.environ.get("CI") == "true"
OUTCOME = pytest.StashKey[Outcome]()
MISSING_IN_CI = pytest.StashKey[list[str]]()

# No deadline: a busy machine is no fault of the code. In CI the same examples every time, and
# fewer, for every push would find the same.
QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("engross", deadline=None, max_examples=50, suppress_health_check=QUIET)
settings.register_profile(
    "ci", settings.get_profile("engross"), derandomize=True, database=None, max_examples=30
)
settings.load_profile("ci" if IN_CI else "engross")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of papers and data that are kept outside the repository."""
    if not CORPUS.is_dir():
        pytest.skip("needs the corpus; set ENGROSS_CORPUS")
    return CORPUS


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Let the tests' database begin as a copy, so that no run waits for the migrations."""
    from django.db import connection

    from tests.support.prepared import connect, fill, prepared_database

    if connection.vendor == "postgresql":
        server = os.environ["DATABASE_URL"].rpartition("/")[0]
        connection.settings_dict["TEST"]["TEMPLATE"] = prepared_database(server)
        yield
        return
    # Django will find the tables where it means to make them: in the memory of this process.
    creation: Any = connection.creation
    with closing(connect(creation._get_test_db_name(), uri=True)) as keeper:
        fill(keeper)
        yield


@pytest.fixture(scope="session")
def demonstrations(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the demonstrations in databases of their own, made when they are first asked for."""
    from tests.support.demonstration import Demonstrations

    return Demonstrations(tmp_path_factory.mktemp("demonstrations"))


@pytest.fixture(scope="module")
def demonstration(
    request: pytest.FixtureRequest, demonstrations: Any, django_db_blocker: Any
) -> Iterator[str]:
    """Show a code's demonstration, the SEC's unless told, to the tests of a file; return its name.

    What the file's other fixtures add to it goes when its tests have ended.
    """
    from django.db import transaction

    code = getattr(request, "param", "sec")
    with django_db_blocker.unblock(), demonstrations.shown(code), transaction.atomic():
        yield code
        transaction.set_rollback(True)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[OUTCOME] = Outcome()
    config.stash[MISSING_IN_CI] = []
    config.pluginmanager.register(Telling(config), "engross-telling")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("corpus") and not CORPUS.is_dir():
            item.add_marker(pytest.mark.skip(reason="needs the corpus; set ENGROSS_CORPUS"))
        if "demonstration" in getattr(item, "fixturenames", ()):
            # Or there would be no database to copy, where none but these are run.
            item.add_marker(pytest.mark.django_db)
    # Last, because Playwright leaves an event loop running that Django mistrusts.
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_collection_finish() -> None:
    # What is loaded by now stays; to look through it for rubbish takes a twelfth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


class Telling:
    """Counts a run's tests, tells what was skipped, and fails CI for a missing browser."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.outcome = config.stash[OUTCOME]

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.outcome.deselected += len(items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.outcome.failed += 1
        elif report.skipped and not hasattr(report, "wasxfail"):
            self._note_skip(report)
        elif report.passed and report.when == "call":
            self.outcome.passed += 1

    def _note_skip(self, report: pytest.TestReport) -> None:
        told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = told.removeprefix("Skipped: ")
        self.outcome.skips[reason] = self.outcome.skips.get(reason, 0) + 1
        if IN_CI and "browser" in report.keywords:
            self.config.stash[MISSING_IN_CI].append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.config.stash[MISSING_IN_CI] and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if path := os.environ.get(VARIABLE):
            self.outcome.keep(Path(path))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for nodeid in self.config.stash[MISSING_IN_CI]:
            terminalreporter.write_line(
                f"A browser test may not be skipped in CI: {nodeid}", red=True
            )
        terminalreporter.write_line(skip_sentence(self.outcome.skips))
