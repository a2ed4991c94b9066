"""Merging change sets into a code of a million words: time of the whole process, and what it finds.

Beside it, once, what `git merge-file` makes of the same texts, one paragraph a line.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from benchmarks import benchmark
from benchmarks.legal_merges import Planted, merges
from benchmarks.legal_texts import legal_code
from engross.core.legaltext.provisions import Code

REPEAT = 5
MARK, MIDDLE, END = "<<<<<<<", "=======", ">>>>>>>"


@cache
def base() -> Code:
    """Return the code that all sets are drafted on."""
    return legal_code(provisions=30_000, words=1_000_000, seed=1)


@cache
def folder() -> Path:
    """Return a folder with the base in it."""
    made = Path(tempfile.mkdtemp(prefix="bench-merge-"))
    (made / "base.json").write_bytes(msgspec.json.encode(base()))
    return made


@cache
def planted(sets: int, *, renumbering: bool) -> tuple[Planted, tuple[Path, ...]]:
    """Return change sets and the files they are in."""
    found = merges(base(), sets=sets, renumbering=renumbering)
    paths = []
    for one in found.sets:
        path = folder() / f"{sets}-{renumbering:d}-{one.change_set}.json"
        path.write_bytes(msgspec.json.encode(one))
        paths.append(path)
    return found, tuple(paths)


def _merge(sets: int, *, renumbering: bool) -> float:
    """Return median seconds of the whole process, and print what it missed and made up."""
    found, paths = planted(sets, renumbering=renumbering)
    report, out = folder() / "conflicts.json", folder() / "merged.json"
    command = [
        sys.executable, "-m", "engross", "text", "merge", str(folder() / "base.json"),
        *map(str, paths), "--out", str(out), "--conflicts", str(report),
    ]  # fmt: skip
    took = []
    for _ in range(REPEAT):
        out.unlink(missing_ok=True)
        report.unlink(missing_ok=True)
        began = time.perf_counter()
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        took.append(time.perf_counter() - began)
        if ended.returncode > 1:
            raise RuntimeError(ended.stderr[-2000:])
    conflicts = json.loads(report.read_bytes())["conflicts"]
    named = {(one["kind"], one["key"]) for one in conflicts}
    wrong, missed = len(named - found.conflicts), len(found.conflicts - named)
    kind = "renumbered" if renumbering else "as they are"
    operations = sum(len(one.operations) for one in found.sets)
    print(
        f"  {len(found.sets)} sets, {kind}: {operations} operations, {len(found.conflicts)} "
        f"conflicts planted, {missed} missed, {wrong} false"
    )
    return statistics.median(took)


@benchmark("merge of 2 change sets", unit="s", budget=0.4)
def merge_two() -> float:
    """Return seconds of the process that merges two sets."""
    return _merge(2, renumbering=False)


@benchmark("merge of 10 change sets", unit="s", budget=0.9)
def merge_ten() -> float:
    """Return seconds of the process that merges ten sets."""
    return _merge(10, renumbering=False)


@benchmark("merge of 40 change sets", unit="s", budget=3)
def merge_forty() -> float:
    """Return seconds of the process that merges forty sets."""
    return _merge(40, renumbering=False)


@benchmark("merge of 40 change sets and one that renumbers Sections", unit="s", budget=3)
def merge_forty_renumbered() -> float:
    """Return seconds of the process that merges forty sets and one that renumbers."""
    return _merge(40, renumbering=True)


@benchmark("false and missed conflicts of all planted", unit="conflicts", budget=0.5)
def wrong_conflicts() -> float:
    """Return how many conflicts were made up or missed, with and without renumbering."""
    from engross.core.legaltext.merging import merge

    wrong = 0
    for sets in (2, 10, 40):
        for renumbering in (False, True):
            found, _ = planted(sets, renumbering=renumbering)
            named = {(one.kind, one.key) for one in merge(base(), found.sets).conflicts}
            wrong += len(named ^ found.conflicts)
    return float(wrong)


@benchmark("git merge-file of 40 texts, beside it", unit="s", budget=2.4)
def git_merge_file() -> float:
    """Return seconds of merging the same texts line by line, and print what git makes of it."""
    for renumbering in (True, False):
        took = _git(40, renumbering=renumbering)
    return took


def _git(sets: int, *, renumbering: bool) -> float:
    from engross.core.legaltext.applying import apply_operations
    from engross.core.legaltext.places import Places

    found, _ = planted(sets, renumbering=renumbering)
    places = Places(base())
    paths = [folder() / name for name in ("current.txt", "base.txt", "other.txt")]
    current, old, other = paths
    old.write_text(_lines(base()), encoding="utf-8")
    current.write_text(_lines(base()), encoding="utf-8")
    took, regions = 0.0, list[str]()
    for one in found.sets:
        other.write_text(_lines(apply_operations(places, [one.operations])), encoding="utf-8")
        began = time.perf_counter()
        marked = subprocess.run(
            ["git", "merge-file", "-p", *map(str, paths)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        took += time.perf_counter() - began
        regions += _regions(marked.stdout)
        ours = ["git", "merge-file", "-p", "--ours", *map(str, paths)]
        clean = subprocess.run(ours, capture_output=True, text=True, check=True)
        current.write_text(clean.stdout, encoding="utf-8")
    clauses = [key.partition("/")[2] for _, key in found.conflicts]
    false = sum(not any(_has(region, clause) for clause in clauses) for region in regions)
    missed = sum(not any(_has(region, clause) for region in regions) for clause in clauses)
    kind = "renumbered" if renumbering else "as they are"
    print(
        f"  git, {kind}: {len(regions)} conflicts, {missed} of {len(clauses)} missed, {false} false"
    )
    return took


def _lines(code: Code) -> str:
    from engross.adapters.legaltext.numbered_text import plain_lines

    return "\n".join(plain_lines(code)) + "\n"


def _regions(text: str) -> Sequence[str]:
    """Return the lines between the marks of each conflict."""
    if MARK not in text:
        return []
    parts = text.split(f"\n{MARK}")[1:]
    return [part.partition(f"\n{END}")[0] for part in parts]


def _has(region: str, clause: str) -> bool:
    """Return whether one of a region's lines is a clause's own."""
    return any(line.startswith(f"{clause} ") for line in region.splitlines())
