"""Comparing two texts: the whole command, beside `git diff --word-diff`, and what it finds.

The generated pair has 30,000 provisions and 1M words; its truth stays in this process. Tokens are
words and single marks, of git's output as of ours.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

import msgspec

from benchmarks import benchmark
from benchmarks.legal_edits import Plan, Truth, edited
from benchmarks.legal_texts import legal_code
from benchmarks.real_law import lines_of, title_34
from benchmarks.real_moves import planted_in_title_34
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.comparison import compared
from engross.core.legaltext.moves import moves
from engross.core.legaltext.provisions import Code

TIMES = 5
SHARES = (0.01, 0.05, 0.2)
REPEATED = 7  # times Title 34 is said, to have 5 MB a side
TOKEN = re.compile(r"\w+|[^\w\s]")


# A small process starts the command: the memory of a child counts what its parent had at the fork.
STARTER = """
import resource, subprocess, sys, time
began = time.perf_counter()
with open(sys.argv[1], "wb") as output:
    subprocess.run(sys.argv[2:], stdout=output, stderr=subprocess.DEVNULL)
took = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(took, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


class Cost(NamedTuple):
    """What a command took: medians on the clock and of the processor, and the most memory."""

    seconds: float
    processor: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s ({self.processor:.2f} s of CPU), {self.megabytes:.0f} MB"


@cache
def folder() -> Path:
    """Return a folder that lives as long as this process."""
    kept = tempfile.TemporaryDirectory(prefix="engross-bench-")
    _kept.append(kept)
    return Path(kept.name)


_kept: list[tempfile.TemporaryDirectory[str]] = []


def cost_of(words: Sequence[str | Path], times: int = TIMES) -> Cost:
    """Run a command once to warm up, then so many times; its output goes to a file."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder() / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = [sys.executable, "-S", "-c", STARTER, folder() / "output.txt", *words]
    told = [
        subprocess.run(started, capture_output=True, check=True, env=environment).stdout.split()
        for _ in range(times + 1)
    ][1:]
    took, processor, memory = ([float(one[column]) for one in told] for column in range(3))
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(median(took), median(processor), max(memory) * unit / 1e6)


@cache
def generated(share: float) -> tuple[Code, Code, Truth]:
    """Return the generated pair with this share of provisions edited, and its truth."""
    old = legal_code(provisions=30_000, words=1_000_000, seed=1)
    return old, *edited(old, Plan(edited=share), seed=2)


@cache
def aligned(share: float) -> Aligned:
    """Return the pairs that are found in the generated pair."""
    old, new, _ = generated(share)
    return align(old, new)


def written(name: str, old: Code, new: Code) -> Iterator[tuple[Path, Path]]:
    """Write a pair as canonical JSON and as plain lines; yield the paths of both."""
    paths = []
    for side, code in (("old", old), ("new", new)):
        paths.append((folder() / f"{name}-{side}.json", folder() / f"{name}-{side}.txt"))
        paths[-1][0].write_bytes(msgspec.json.encode(code))
        paths[-1][1].write_text("\n".join(lines_of(code)) + "\n", encoding="utf-8")
    yield from zip(*paths, strict=True)


@cache
def costs(share: float) -> Cost:
    """Return what comparing the generated pair costs, having told what git takes beside it."""
    old, new, truth = generated(share)
    ours, git = measured(f"generated-{share}", old, new)
    print(f"  {share:.0%} edited: compare {ours}; git diff --word-diff {git}, "
          f"which marks {git_tokens() / truth.tokens:.2f} of the planted tokens")  # fmt: skip
    return ours


def measured(name: str, old: Code, new: Code) -> tuple[Cost, Cost]:
    """Return what comparing a pair costs us and git."""
    json, text = written(name, old, new)
    ours = cost_of([sys.executable, "-m", "engross", "text", "compare", *json,
                    "--format", "json", "--out", folder() / "comparison.json"])  # fmt: skip
    git = cost_of(["git", "diff", "--no-index", "--word-diff=porcelain", *text])
    return ours, git


def git_tokens() -> int:
    """Return how many tokens git's last output marks."""
    lines = (folder() / "output.txt").read_text(encoding="utf-8").split("\n")[4:]
    return sum(len(TOKEN.findall(line[1:])) for line in lines if line[:1] in ("+", "-"))


def marked(found: Aligned) -> int:
    """Return how many tokens our comparison marks."""
    tokens = compared(found).summary.tokens
    return tokens.inserted + tokens.deleted


@benchmark("compare 30,000 provisions, 1 % edited", unit="s", budget=0.6)
def compare_1() -> float:
    """Return seconds on the clock, start-up and output included."""
    return costs(0.01).seconds


@benchmark("compare 30,000 provisions, 5 % edited", unit="s", budget=0.6)
def compare_5() -> float:
    """Return seconds on the clock, start-up and output included."""
    return costs(0.05).seconds


@benchmark("compare 30,000 provisions, 20 % edited", unit="s", budget=0.6)
def compare_20() -> float:
    """Return seconds on the clock, start-up and output included."""
    return costs(0.2).seconds


@benchmark("compare 30,000 provisions: memory, at most", unit="MB", budget=250)
def memory() -> float:
    """Return the most that any of the three took."""
    return max(costs(share).megabytes for share in SHARES)


@benchmark("tokens marked, of the planted ones, at most", unit="", budget=1.02)
def tokens_marked() -> float:
    """Return the worst of the three shares."""
    return max(marked(aligned(share)) / generated(share)[2].tokens for share in SHARES)


@benchmark("provisions aligned wrongly, at most", unit="", budget=0.002)
def misaligned() -> float:
    """Return the worst share of old provisions whose pair is not the planted one."""
    return max(_share_wrong(aligned(share).new_of, generated(share)[2].new_of) for share in SHARES)


def _share_wrong(found: list[int], truth: list[int]) -> float:
    return sum(one != other for one, other in zip(found, truth, strict=True)) / len(truth)


@benchmark("planted moves that are not found, at most", unit="", budget=0.02)
def moves_missed() -> float:
    """Return the worst share."""
    return max(
        len(generated(share)[2].moved - set(moves(aligned(share)))) / len(generated(share)[2].moved)
        for share in SHARES
    )


@benchmark("moves found that were not planted, at most", unit="", budget=0.01)
def moves_wrong() -> float:
    """Return the worst share."""
    found = {share: set(moves(aligned(share))) for share in SHARES}
    return max(
        len(found[share] - generated(share)[2].moved) / len(found[share]) for share in SHARES
    )


@benchmark("moves told in Title 34 that are wrong, at most", unit="", budget=0.01)
def real_moves_wrong() -> float:
    """Return the share of wrong ones where moves are planted beside the law's own edits."""
    tally = planted_in_title_34(range(10))
    print(f"  Title 34 with moves planted: {tally.right} of {tally.told} told are right, "
          f"{tally.found} of {tally.planted} found")  # fmt: skip
    return 1 - tally.right / tally.told


@benchmark("splits and joins missed or wrong", unit="", budget=1)
def partings_wrong() -> float:
    """Return how many of all three pairs."""
    wrong = 0
    for share in SHARES:
        found, truth = aligned(share), generated(share)[2]
        wrong += len(found.splits.items() ^ truth.splits.items())
        wrong += len(found.joins.items() ^ truth.joins.items())
    return wrong


@benchmark("marks on untouched provisions", unit="", budget=1)
def untouched_marked() -> float:
    """Return how many provisions that stayed have tokens marked, in all three pairs."""
    return sum(_untouched_marked(share) for share in SHARES)


def _untouched_marked(share: float) -> int:
    found, (_, _, truth) = aligned(share), generated(share)
    names = found.old.documents
    stay = {
        (names[node].document, found.old.addresses[node])
        for node, to in enumerate(truth.new_of)
        if to >= 0 and found.old.provisions[node] == found.new.provisions[to]
    }
    return sum(
        (entry.old_document or entry.document, entry.old) in stay
        and any(sign != "=" for sign, _ in entry.tokens)
        for entry in compared(found).entries
    )


@cache
def real_law() -> tuple[Cost, Cost, float]:
    """Return what comparing real law costs us and git, and our tokens to git's."""
    old, new = title_34(0, REPEATED), title_34(51, REPEATED)
    ours, git = measured("title-34", old, new)
    share = marked(align(old, new)) / git_tokens()
    start = cost_of([sys.executable, "-m", "engross", "text", "compare", "--help"])
    print(f"  Title 34 {REPEATED} times over: compare {ours}, of which {start.processor:.2f} s "
          f"before a file is read; git diff --word-diff {git}")  # fmt: skip
    return ours, git, share


@cache
def git_on_one_line() -> Cost:
    """Return what git takes where it cannot lean on lines: the same words, all on one."""
    real_law()
    paths = [folder() / f"title-34-{side}.txt" for side in ("old", "new")]
    for path in paths:
        words = " ".join(path.read_text(encoding="utf-8").split())
        path.with_suffix(".line").write_text(words + "\n", encoding="utf-8")
    whole = [path.with_suffix(".line") for path in paths]
    git = cost_of(["git", "diff", "--no-index", "--word-diff=porcelain", *whole], times=3)
    print(f"  git diff --word-diff of the same words on one line: {git}")
    return git


@benchmark("compare Title 34, git given lines", unit="times git's time", budget=3)
def real_law_time() -> float:
    """Return how many times git's time; nine in ten of the lines stay, which it does not read."""
    ours, git, _ = real_law()
    return ours.processor / git.processor


@benchmark("compare Title 34, git given one line", unit="times git's time", budget=3)
def real_law_time_on_one_line() -> float:
    """Return how many times git's time where it compares all words, as one document."""
    return real_law()[0].processor / git_on_one_line().processor


@benchmark("tokens marked in Title 34", unit="of git's", budget=1)
def real_law_tokens() -> float:
    """Return our tokens marked to git's."""
    return real_law()[2]
