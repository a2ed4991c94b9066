"""Run the benchmarks and print each figure beside its budget.

    python -m benchmarks [TOPIC ...]

`TOPIC` is the word after `bench_` in a file's name. A figure over its budget is shown, and
fails nothing, nor does what this machine cannot measure; only a benchmark that breaks makes the
exit status 1.
"""

import importlib
import json
import os
import platform
import subprocess
import sys
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from math import inf
from pathlib import Path

from benchmarks import Benchmark, NotMeasured

HERE = Path(__file__).parent
LINE = "RESULT "  # how a bench file's process marks its figures among other output


@dataclass(frozen=True)
class Result:
    """What one benchmark measured; `figure` is None if it broke, or could not be measured here."""

    title: str
    unit: str
    budget: float
    figure: float | None
    trouble: str = ""
    is_broken: bool = False

    @property
    def ratio(self) -> float | None:
        """The share of the budget that was used; above 1 it is over. Of none, anything is over."""
        if self.figure is None:
            return None
        if not self.budget:
            return inf if self.figure else 0.0
        return self.figure / self.budget

    def row(self) -> tuple[str, str, str, str]:
        """Return title, figure, budget and ratio as they are printed."""
        budget = f"{self.budget:,.4g} {self.unit}"
        if self.figure is None or self.ratio is None:
            said = "broke" if self.is_broken else "not measured"
            return self.title, said, budget, self.trouble
        over = "  over budget" if self.ratio > 1 else ""
        return self.title, f"{self.figure:,.4g} {self.unit}", budget, f"{self.ratio:.2f}{over}"


def machine() -> str:
    """Return one line on what the figures were measured with."""
    cpu = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        cpu = names[0] if names else cpu
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GB; {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}"
    )


def topics(folder: Path = HERE) -> list[str]:
    """Return the topics that have a bench file, by name."""
    return sorted(path.stem.removeprefix("bench_") for path in folder.glob("bench_*.py"))


def benchmarks_of(topic: str) -> list[Benchmark]:
    """Return the benchmarks of a file, in the order they are written."""
    module = importlib.import_module(f"benchmarks.bench_{topic}")
    found = [getattr(value, "benchmark", None) for value in vars(module).values()]
    return [one for one in found if isinstance(one, Benchmark)]


def measure(one: Benchmark) -> Result:
    """Measure one thing; a benchmark that breaks gives its trouble instead of a figure."""
    try:
        figure = one.measure()
    except NotMeasured as why:
        return Result(one.title, one.unit, one.budget, None, str(why))
    except Exception as problem:
        traceback.print_exc()
        trouble = f"{type(problem).__name__}: {problem}"
        return Result(one.title, one.unit, one.budget, None, trouble, is_broken=True)
    return Result(one.title, one.unit, one.budget, float(figure))


def run_here(topic: str) -> None:
    """Measure a file's benchmarks in this process and print a line for each."""
    import django

    django.setup()
    for one in benchmarks_of(topic):
        print(LINE + json.dumps(asdict(measure(one))), flush=True)


def run_apart(topic: str) -> list[Result]:
    """Measure a file's benchmarks in a process of its own, so that none warms another."""
    environment = {"DJANGO_SETTINGS_MODULE": "engross.config.settings_test", **os.environ}
    results = []
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks", "--here", topic],
        env=environment, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            if line.startswith(LINE):
                results.append(Result(**json.loads(line.removeprefix(LINE))))
                print("  " + "   ".join(results[-1].row()), flush=True)
            else:
                print(line, end="", flush=True)
    if process.returncode:
        trouble = f"ended with status {process.returncode}"
        results.append(Result(f"bench_{topic}.py", "", 0, None, trouble, is_broken=True))
    return results


def table(results: Iterable[Result]) -> str:
    """Return the results as a table of text."""
    rows = [("what", "figure", "budget", "of budget"), *(result.row() for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{title:<{widths[0]}}  {figure:>{widths[1]}}  {budget:>{widths[2]}}  {ratio}"
        for title, figure, budget, ratio in rows
    )


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks of the named topics, or all; return the exit status."""
    if arguments[:1] == ["--here"]:
        run_here(arguments[1])
        return 0
    known = topics()
    if unknown := [topic for topic in arguments if topic not in known]:
        print(f"No benchmarks on {', '.join(unknown)}; there are: {', '.join(known) or 'none yet'}")
        return 2
    results: list[Result] = []
    for topic in arguments or known:
        print(f"{topic}:", flush=True)
        results += run_apart(topic)
    print(f"\n{table(results)}\n\n{machine()}")
    return 1 if any(result.is_broken for result in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
