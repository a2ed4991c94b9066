"""How fast a redline of a whole code is written as a Word file, in a process of its own each time.

The command reads two texts of a million words without ids, compares them, and writes the file.
"""

import statistics
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import benchmark
from benchmarks.legal_edits import Plan, edited
from benchmarks.legal_texts import legal_code
from engross.adapters.legaltext.canonical_json import json_from_code
from engross.core.legaltext.provisions import provisions_of

PARAGRAPHS = 33_000
RUNS = 5
_WRITE_ONLY = """
import sys, time
from pathlib import Path
from engross.adapters.legaltext.canonical_json import code_from_json
from engross.adapters.legaltext.word_writing import write_redline
from engross.core.legaltext.aligning import align
old, new = (code_from_json(Path(one).read_bytes(), name=one) for one in sys.argv[1:3])
aligned = align(old, new)
took = []
for _ in range(5):
    began = time.perf_counter()
    write_redline(aligned, author="MP101", day="2021-05-10")
    took.append(time.perf_counter() - began)
print(sorted(took)[2])
"""


class Figures(NamedTuple):
    """Seconds of the whole command and of writing alone, and megabytes of the file."""

    command: float
    writing: float
    megabytes: float


@cache
def _figures() -> Figures:
    old = legal_code(provisions=PARAGRAPHS, words=1_000_000, seed=1)
    new, _ = edited(old, Plan(), seed=2)
    with TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("old.json", "new.json")]
        for path, code in zip(paths, (old, new), strict=True):
            path.write_bytes(json_from_code(code))
        out = Path(folder, "redline.docx")
        command = ["-m", "engross", "text", "compare", *map(str, paths), "--out", str(out)]
        seconds = statistics.median(_timed(command) for _ in range(RUNS))
        size = out.stat().st_size / 1e6
        alone = subprocess.run(
            [sys.executable, "-c", _WRITE_ONLY, *map(str, paths)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    count = sum(1 for _ in provisions_of(new))
    words = sum(len(one.text.split()) for one in provisions_of(new))
    print(f"{count:,} provisions, {words:,} words; the file is {size:.1f} MB", flush=True)
    return Figures(seconds, float(alone.stdout), size)


def _timed(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


@benchmark("Word redline of 33,000 provisions, the whole command", unit="s", budget=1.2)
def whole_command() -> float:
    """Return seconds on the clock from the start of the process to the file on disk."""
    return _figures().command


@benchmark("writing it alone", unit="s", budget=0.7)
def writing_alone() -> float:
    """Return seconds on the clock from two texts side by side to the file's bytes."""
    return _figures().writing


@benchmark("size of that file", unit="MB", budget=5)
def size_of_the_file() -> float:
    """Return megabytes of the file."""
    return _figures().megabytes
