"""Any alignment of two texts, good or mad: what is made from one must be exact for all of them."""

from collections.abc import Callable, Hashable
from itertools import count
from random import Random

from hypothesis import strategies as st
from msgspec import UNSET, UnsetType

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Inline, InlineKind, Provision
from tests.support.legal_texts import pairs


@st.composite
def alignments(draw: st.DrawFn, edits: int = 6) -> Aligned:
    """Give two texts and pairs between them: most by likeness, some by chance, some left out.

    So provisions move into what is inserted and out of what is deleted, parent and child change
    places, texts are parted and put together, and ids are kept, new, given up or lost.
    """
    old, new = draw(pairs(edits))
    random = draw(st.randoms(use_true_random=False))
    old, new = _altered(old, random, "o", lost=0.0), _altered(new, random, "n", lost=0.5)
    return random_alignment(Places(old), Places(new), random)


def random_alignment(old: Places, new: Places, random: Random) -> Aligned:
    """Return a valid alignment of two texts."""
    aligned = Aligned(old, new, [NONE] * len(old), [NONE] * len(new))
    left_out, by_chance = random.choice((0.0, 0.1, 0.4)), random.choice((0.0, 0.3, 1.0))
    for likeness in (_alike, _same_place):
        for a, b in _likely(old, new, likeness):
            if random.random() >= left_out:
                _pair(aligned, a, b)
    strangers = [node for node in range(len(old)) if aligned.new_of[node] == NONE]
    others = [node for node in range(len(new)) if aligned.old_of[node] == NONE]
    random.shuffle(others)
    for a, b in zip(strangers, others, strict=False):
        if random.random() < by_chance:
            _pair(aligned, a, b)
    aligned.splits.update(_parted(aligned.old, aligned.new, aligned.new_of, aligned.old_of, random))
    aligned.joins.update(_parted(aligned.new, aligned.old, aligned.old_of, aligned.new_of, random))
    return aligned


def _pair(aligned: Aligned, a: int, b: int) -> None:
    kinds = aligned.old.provisions[a] is None, aligned.new.provisions[b] is None
    if kinds[0] == kinds[1] and aligned.new_of[a] == NONE and aligned.old_of[b] == NONE:
        aligned.new_of[a], aligned.old_of[b] = b, a


def _alike(places: Places, node: int) -> Hashable:
    provision = places.provisions[node]
    if provision is None:
        return places.documents[node].document
    return provision.text, provision.heading


def _same_place(places: Places, node: int) -> Hashable:
    return places.keys[node]


def _likely(
    old: Places, new: Places, likeness: Callable[[Places, int], Hashable]
) -> list[tuple[int, int]]:
    found = {likeness(new, node): node for node in reversed(range(len(new)))}
    return [
        (node, found[what]) for node in range(len(old)) if (what := likeness(old, node)) in found
    ]


def _parted(
    whole: Places, parted: Places, pair_of: list[int], back: list[int], random: Random
) -> dict[int, tuple[int, ...]]:
    """Return some splits into nodes that have no pair, wherever they stand."""
    free = [n for n in range(len(parted)) if back[n] == NONE and parted.provisions[n] is not None]
    random.shuffle(free)
    found: dict[int, tuple[int, ...]] = {}
    for node, pair in enumerate(pair_of):
        if free and pair != NONE and whole.provisions[node] is not None and random.random() < 0.2:
            found[node] = (
                pair,
                *(free.pop() for _ in range(min(len(free), random.choice((1, 2))))),
            )
    return found


def _altered(code: Code, random: Random, sign: str, *, lost: float) -> Code:
    """Return a text with some ids given up for none, some new ones, marks, and another order."""
    given, marked = random.choice((0.0, 0.2)), random.choice((0.0, 0.5))
    lost = random.choice((0.0, lost, lost and 1.0))
    counts = count()

    def provision(one: Provision) -> Provision:
        ident = None if random.random() < lost else one.id
        ident = f"{sign}-{next(counts)}" if random.random() < given else ident
        marks = _marks(one.text, random) if random.random() < marked else one.inlines
        return Provision(
            ident, one.number, one.heading, one.text, marks, one.table,
            tuple(provision(child) for child in one.children),
        )  # fmt: skip

    documents = [
        Document(d.document, d.title, d.language, tuple(provision(p) for p in d.provisions))
        for d in code.documents
    ]
    if random.random() < 0.2:
        documents.reverse()
    return Code(tuple(documents))


def _marks(text: str, random: Random) -> tuple[Inline, ...] | UnsetType:
    """Return marks anywhere over a text, also over nothing, as a footnote's place is."""
    ends = (sorted((random.randint(0, len(text)), random.randint(0, len(text)))) for _ in "12")
    kinds: tuple[InlineKind, ...] = ("strong", "footnote")
    return tuple(Inline(random.choice(kinds), start, end) for start, end in ends) or UNSET
