"""The benchmarks' harness tells every figure beside its budget and fails on none."""

import sys

import pytest

import benchmarks.__main__ as harness
from benchmarks import Benchmark, NotMeasured, cpu_milliseconds, peak_megabytes

BENCH = """
from benchmarks import benchmark

@benchmark("adding up", unit="ms", budget=10)
def adding_up():
    return 25

@benchmark("falling over", unit="MB", budget=1)
def falling_over():
    raise OSError("the disk is full")
"""


@pytest.fixture
def topic(tmp_path, monkeypatch):
    """Return the topic of a bench file that stands beside the real ones for this test."""
    (tmp_path / "bench_of_tests.py").write_text(BENCH)
    package = sys.modules["benchmarks"]
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    yield "of_tests"
    sys.modules.pop("benchmarks.bench_of_tests", None)


def test_a_file_s_benchmarks_are_found_in_their_order(topic):
    assert [one.title for one in harness.benchmarks_of(topic)] == ["adding up", "falling over"]


def test_a_figure_over_its_budget_is_shown_and_is_no_failure(topic):
    slow, broken = map(harness.measure, harness.benchmarks_of(topic))
    assert slow.ratio == 2.5
    assert slow.row() == ("adding up", "25 ms", "10 ms", "2.50  over budget")
    assert broken.figure is None
    assert "the disk is full" in broken.trouble


def test_the_exit_status_tells_breaking_and_not_slowness(topic, monkeypatch, capsys):
    slow, broken = map(harness.measure, harness.benchmarks_of(topic))
    monkeypatch.setattr(harness, "topics", lambda: ["of_tests"])
    monkeypatch.setattr(harness, "run_apart", lambda topic: [slow])
    assert harness.main([]) == 0
    monkeypatch.setattr(harness, "run_apart", lambda topic: [slow, broken])
    assert harness.main([]) == 1
    assert "falling over" in capsys.readouterr().out


def test_what_a_machine_cannot_measure_is_said_and_is_no_failure(monkeypatch):
    def measure():
        raise NotMeasured("no PostgreSQL")

    result = harness.measure(Benchmark("a load", "ms", 5, measure))
    monkeypatch.setattr(harness, "topics", lambda: ["of_tests"])
    monkeypatch.setattr(harness, "run_apart", lambda topic: [result])

    assert result.row() == ("a load", "not measured", "5 ms", "no PostgreSQL")
    assert harness.main([]) == 0


def test_an_unknown_topic_is_wrong_use(capsys):
    assert harness.main(["cake"]) == 2
    assert "cake" in capsys.readouterr().out


def test_cpu_time_is_that_of_the_work_and_not_of_waiting():
    import time

    assert cpu_milliseconds(lambda: time.sleep(0.02), repeat=3, warm_up=0) < 10
    assert cpu_milliseconds(lambda: sum(range(2_000_000)), repeat=3, warm_up=0) > 5


def test_the_peak_grows_with_what_was_held():
    # The peak so far may be another's: Linux hands it on to a process that another starts.
    before = peak_megabytes()
    held = bytearray(int(before * 1e6) + 60_000_000)
    held[::4096] = b"x" * len(held[::4096])
    assert peak_megabytes() > before + 50
