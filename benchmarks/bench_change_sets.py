"""Change sets of a code of 30,000 provisions and 1M words: how big they are, and what they cost.

The pairs are those that the generator knows, so that nothing here is comparison's doing.
"""

from functools import cache
from typing import NamedTuple

import msgspec
from rapidfuzz.distance import Indel

from benchmarks import benchmark, cpu_milliseconds
from benchmarks.legal_edits import Plan, Truth, edited
from benchmarks.legal_texts import legal_code
from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.applying import apply
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.inverting import invert
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Provision

PROVISIONS = 30_000
WORDS = 1_000_000
SHARES = (0.01, 0.05, 0.20)
TIMES_THE_TEXT = 3
BYTES_AN_OPERATION = 200


class Pair(NamedTuple):
    """A code, what was planted in it, and the truth of that."""

    old: Code
    new: Code
    truth: Truth

    def aligned(self) -> Aligned:
        """Return the alignment that is known to be true."""
        old, new = Places(self.old), Places(self.new)
        old_of = [NONE] * len(new)
        for node, pair in enumerate(self.truth.new_of):
            if pair != NONE:
                old_of[pair] = node
        splits, joins = dict(self.truth.splits), dict(self.truth.joins)
        return Aligned(old, new, list(self.truth.new_of), old_of, splits, joins)


@cache
def pair(share: float) -> Pair:
    """Return a generated code with this share of its provisions edited."""
    old = legal_code(provisions=PROVISIONS, words=WORDS, seed=1)
    new, truth = edited(old, Plan(edited=share), seed=2)
    return Pair(_read(old), _read(new), truth)


def _read(code: Code) -> Code:
    """Return a code as it is read from a file: nothing of it shared with another."""
    return msgspec.json.decode(msgspec.json.encode(code), type=Code)


def planted_bytes(planted: Pair) -> int:
    """Return how many bytes were taken away and put there, letter by letter."""
    aligned = planted.aligned()
    old, new = aligned.old.provisions, aligned.new.provisions
    parts = {node for nodes in planted.truth.splits.values() for node in nodes[1:]}
    pieces = {node for nodes in planted.truth.joins.values() for node in nodes[1:]}
    total = 0
    for node, to in enumerate(aligned.new_of):
        before, after = old[node], None if to == NONE else new[to]
        if before is None or node in planted.truth.splits or to in planted.truth.joins:
            continue
        if after is not None:
            total += _differing(before.text, after.text)
            total += _differing(before.heading or "", after.heading or "")
        elif node not in pieces:
            total += _bytes_of(before)
    for to, node in enumerate(aligned.old_of):
        after = new[to]
        if node == NONE and after is not None and to not in parts:
            total += _bytes_of(after)
    return total


def _bytes_of(provision: Provision) -> int:
    return len((provision.text + (provision.heading or "")).encode())


def _differing(old: str, new: str) -> int:
    return 0 if old == new else Indel.distance(old.encode(), new.encode())


def _share_of_allowance(share: float) -> float:
    """Return the size of the change set as a share of what it may be."""
    planted = pair(share)
    change_set = changes_from(planted.aligned(), "MP1")
    size = len(msgspec.json.encode(change_set))
    text, count = planted_bytes(planted), len(change_set.operations)
    print(f"{share:.0%} edited: {size:,} bytes, {count:,} operations, {text:,} bytes planted")
    return size / (TIMES_THE_TEXT * text + BYTES_AN_OPERATION * count)


@benchmark("size of a change set, 1 % edited, of what it may be", unit="", budget=1)
def size_at_1() -> float:
    """Return its bytes over 3 times the planted text and 200 bytes an operation."""
    return _share_of_allowance(SHARES[0])


@benchmark("size of a change set, 5 % edited, of what it may be", unit="", budget=1)
def size_at_5() -> float:
    """Return its bytes over 3 times the planted text and 200 bytes an operation."""
    return _share_of_allowance(SHARES[1])


@benchmark("size of a change set, 20 % edited, of what it may be", unit="", budget=1)
def size_at_20() -> float:
    """Return its bytes over 3 times the planted text and 200 bytes an operation."""
    return _share_of_allowance(SHARES[2])


@benchmark("change set of an alignment, 30,000 provisions, 5 % edited", unit="ms", budget=300)
def make() -> float:
    """Return milliseconds for the operations and the hashes of both texts."""
    aligned = pair(SHARES[1]).aligned
    ready = [aligned() for _ in range(6)]  # an alignment keeps what is worked out of it
    return cpu_milliseconds(lambda: changes_from(ready.pop(), "MP1"), repeat=5, warm_up=1)


@benchmark("apply it to the old text", unit="ms", budget=300)
def apply_it() -> float:
    """Return milliseconds for checking every expectation and writing the new text."""
    planted = pair(SHARES[1])
    change_set = changes_from(planted.aligned(), "MP1")
    if apply(planted.old, change_set).code != planted.new:
        raise AssertionError("the change set does not give the new text")
    return cpu_milliseconds(lambda: apply(planted.old, change_set), repeat=5)


@benchmark("undo it: invert and apply to the new text", unit="ms", budget=300)
def undo() -> float:
    """Return milliseconds for turning the set round and getting the old text back."""
    planted = pair(SHARES[1])
    change_set = changes_from(planted.aligned(), "MP1")
    if apply(planted.new, invert(change_set)).code != planted.old:
        raise AssertionError("the change set does not give the old text back")
    return cpu_milliseconds(lambda: apply(planted.new, invert(change_set)), repeat=5)


@benchmark("rebase a set of 1 % onto a base with 1 % edited", unit="ms", budget=2_000)
def carry_over() -> float:
    """Return milliseconds for one set, from indexed texts to the set on the newer base."""
    from engross.core.legaltext.aligning import align
    from engross.core.legaltext.rebasing import rebase

    base = pair(SHARES[0])
    other, _ = edited(base.old, Plan(edited=SHARES[0]), seed=3)
    change_set = changes_from(align(base.old, other), "MP1")
    aligned = base.aligned()
    return cpu_milliseconds(lambda: rebase(change_set, aligned), repeat=3, warm_up=1)
