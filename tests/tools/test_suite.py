"""The run over both databases ends with what happened and what was left out."""

from tests.support import suite
from tests.support.outcome import Outcome, skip_sentence
from tests.support.postgres import NoPostgres

GREEN = suite.Run("SQLite", 0, Outcome(passed=8, skips={"needs the corpus": 2}))


def without_postgres():
    raise NoPostgres("the machine has none")


def test_nothing_skipped_is_said_too():
    assert skip_sentence({}) == "Skipped: nothing."


def test_the_last_line_sums_the_skips_of_both_runs():
    other = suite.Run("PostgreSQL", 0, Outcome(passed=7, skips={"needs the corpus": 1}))
    assert suite.last_lines([GREEN, other])[-1] == "Skipped: 3 (needs the corpus)."


def test_a_missing_postgres_is_told_and_fails_only_in_ci(monkeypatch):
    monkeypatch.setattr(suite, "throwaway_postgres", without_postgres)
    elsewhere = suite.run_on_postgres([], in_ci=False)
    assert suite.status_of([GREEN, elsewhere]) == 0
    assert "PostgreSQL, since none can be had" in suite.last_lines([GREEN, elsewhere])[-1]
    assert suite.status_of([GREEN, suite.run_on_postgres([], in_ci=True)]) == 1


def test_a_red_first_run_stays_red_when_the_second_is_green():
    red = suite.Run("SQLite", 1, Outcome(passed=1, failed=1))
    assert suite.status_of([red, GREEN]) == 1
    assert "RED" in str(red)


def test_a_run_that_died_says_so():
    assert "ended with status 139" in str(suite.Run("SQLite", 139, None))


def test_an_outcome_survives_its_file(tmp_path):
    outcome = Outcome(passed=3, failed=1, deselected=2, skips={"why": 1})
    outcome.keep(tmp_path / "outcome.json")
    assert Outcome.read(tmp_path / "outcome.json") == outcome
    assert Outcome.read(tmp_path / "nothing.json") is None


def test_no_test_of_the_browser_is_left_out_of_its_run():
    left_out = [suite.ROOT / each for each in suite.WITHOUT_BROWSER]
    files = [
        path for each in left_out for path in (each.rglob("*.py") if each.is_dir() else [each])
    ]
    assert len(files) > 100
    assert not [path for path in files if "mark.browser" in path.read_text(encoding="utf-8")]
