"""Which documents of the code go together: by reference, by shared terms, by proposals."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from math import log

from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.queries.layers import CodeLayers
from engross.apps.reading.queries.open_sets import SetSeen
from engross.apps.releases.models import ChangeSetVersion
from engross.apps.releases.queries import change_set_of
from engross.core.legaltext.reaching import touches_of
from engross.core.legaltext.terms import Entry

MOST_TERMS = 6
MOST_KEPT = 4


@dataclass(frozen=True)
class Related:
    """A document that goes with another, and by how much.

    `refers` counts the references of the one to it, `referred` those of it to the one. `terms`
    are the terms that both use, the rarest first, and `weight` is the sum of their rarity: the
    logarithm of documents in all to documents that use the term. `sets` change both.
    """

    document: str
    refers: int
    referred: int
    terms: tuple[Entry, ...]
    weight: float
    sets: tuple[SetSeen, ...]
    score: float


@dataclass(frozen=True)
class _Ties:
    """What ties the documents of a text to one another."""

    references: Counter[tuple[str, str]]
    terms: dict[str, set[Entry]]
    used_in: Counter[Entry]

    def rarity(self, term: Entry) -> float:
        """Return how much it says that two documents use a term."""
        return log(len(self.terms) / self.used_in[term])


def related_documents(code: CodeLayers, document: str, sets: Collection[SetSeen]) -> list[Related]:
    """Return the documents that go with one, those that have most in common first.

    Each of references, terms and change sets counts for a third of the score at most, measured
    by the document that has most of it.
    """
    ties = _kept.made(code.key, lambda: _ties(code))
    changing = _changing(code, sets)
    found = [_related(ties, changing, document, other) for other in code.roots if other != document]
    most = [max((_strengths(each)[at] for each in found), default=0) or 1 for at in range(3)]
    scored = [
        Related(**{**vars(each), "score": sum(map(_share, _strengths(each), most)) / 3})
        for each in found
    ]
    return sorted((each for each in scored if each.score), key=lambda each: -each.score)


_kept: Kept[str, _Ties] = Kept(MOST_KEPT)


def _ties(code: CodeLayers) -> _Ties:
    documents, layers = code.places.documents, code.layers
    references: Counter[tuple[str, str]] = Counter()
    for link in layers.links:
        for target in link.targets[:1]:
            pair = documents[link.node].document, documents[target].document
            references[pair] += pair[0] != pair[1]
    terms: defaultdict[str, set[Entry]] = defaultdict(set)
    for use in layers.uses:
        terms[documents[use.node].document].add(layers.entry_of[use.definition])
    used_in = Counter(term for listed in terms.values() for term in listed)
    return _Ties(references, {name: terms[name] for name in code.roots}, used_in)


def _changing(code: CodeLayers, sets: Collection[SetSeen]) -> dict[str, dict[str, SetSeen]]:
    """Return the change sets that touch each document, by its name and theirs: one query."""
    by_row = {each.pk: each for each in sets}
    found: defaultdict[str, dict[str, SetSeen]] = defaultdict(dict)
    for row in ChangeSetVersion.objects.filter(pk__in=by_row).order_by("pk"):
        for touch in touches_of(change_set_of(row)):
            node = code.places.find(touch.key)
            if node is not None:
                each = by_row[row.pk]
                found[code.places.documents[node].document][each.name] = each
    return found


def _related(
    ties: _Ties, changing: dict[str, dict[str, SetSeen]], document: str, other: str
) -> Related:
    shared = ties.terms[document] & ties.terms[other]
    ordered = sorted(shared, key=lambda term: (-ties.rarity(term), term.term.casefold()))
    both = changing.get(document, {}).keys() & changing.get(other, {}).keys()
    return Related(
        document=other,
        refers=ties.references[document, other],
        referred=ties.references[other, document],
        terms=tuple(ordered),
        weight=sum(map(ties.rarity, ordered)),
        sets=tuple(changing[other][name] for name in sorted(both)),
        score=0,
    )


def _strengths(related: Related) -> tuple[float, float, float]:
    return related.refers + related.referred, related.weight, len(related.sets)


def _share(strength: float, most: float) -> float:
    return strength / most
