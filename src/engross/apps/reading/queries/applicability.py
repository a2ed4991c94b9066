"""Whom the text obliges, entitles or mentions, as at a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from engross.apps.legaltext.queries import applicability_decisions
from engross.apps.legaltext.queries.styles import category_options
from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.queries.layers import CodeLayers
from engross.core.legaltext.applicability import (
    Application,
    Categories,
    Decision,
    Evidence,
    Sense,
    applications_of,
    decisions_at,
)
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code

# What people decided, which goes before what the words say: `applicability_decisions`.
Decided = tuple[Decision, ...]
MOST_KEPT = 1_000  # documents; what is said of each is small
_kept: Kept[str, dict[int, tuple[Application, ...]]] = Kept(MOST_KEPT)
_words: Kept[str, Categories] = Kept(8)


@dataclass(frozen=True)
class Counted:
    """How many provisions of a document say something of a Party Category, by sense."""

    document: str
    counts: dict[Sense, int]


def applications_for(
    code: CodeLayers, document: str, category: str, decided: Decided
) -> dict[int, Application]:
    """Return how each provision of a document applies to a Party Category, by its node.

    Provisions that say nothing of it are left out.
    """
    found = _applications(code, document, decided)
    return {node: each for node, listed in found.items() for each in listed
            if each.category == category}  # fmt: skip


def lifted_for(
    code: CodeLayers, document: str, category: str, decided: Decided
) -> dict[int, Decision]:
    """Return the provisions of which a person decided that they do not apply, by their nodes."""
    if not any(each.category == category and each.sense is None for each in decided):
        return {}
    nodes = code.nodes_of(document)
    ruled = decisions_at(Places(Code((code.places.documents[nodes.start],))), decided)
    said = {at + nodes.start: each.get(category) for at, each in enumerate(ruled)}
    return {node: each for node, each in said.items()
            if each and each.sense is None and code.places.provisions[node]}  # fmt: skip


def _applications(
    code: CodeLayers, document: str, decided: Decided
) -> dict[int, tuple[Application, ...]]:
    """Return whom every provision of a document applies to; a document at a time, and kept."""
    root = code.roots.get(document)
    if root is None:
        return {}
    name = f"reading-applies-{code.key}-{root}-{hash(decided)}"
    kept = _kept.get(name)
    if kept is not None:
        return kept
    alone = Places(Code((code.places.documents[root],)))
    listed = applications_of(alone, categories_of(code), decided)
    found = {
        at + root: tuple(_moved(each, root) for each in said)
        for at, said in enumerate(listed)
        if said
    }
    return _kept.put(name, found)


def _moved(application: Application, root: int) -> Application:
    """Return what was said of a document that stands alone, by its nodes in the whole code."""
    evidence = application.evidence
    if evidence is None:
        return application
    return application._replace(evidence=Evidence(evidence.node + root, *evidence[1:]))


def categories_of(code: CodeLayers) -> Categories:
    """Return the words for Party Categories; a defined term such as 'DCC Licence' means no Party.

    Where a term ends with such a word it means a Party: 'Defaulting Party'.
    """
    known = _words.get(code.key)
    if known is not None:
        return known
    options = category_options(code.since)
    words = {key: option.texts("text_words") for key, option in options.items()}
    ends = tuple(f" {word}" for listed in words.values() for word in listed)
    singles = {word for listed in words.values() for word in listed}
    terms = {entry.term for entry in code.layers.entries}
    nobody = [term for term in terms if _holds(term, singles) and not term.endswith(ends)]
    return _words.put(code.key, Categories(words, sorted(set(nobody) - singles)))


def _holds(term: str, words: Collection[str]) -> bool:
    padded = f" {term} "
    return any(f" {word} " in padded for word in words)


def obligations_by_document(
    code: CodeLayers, category: str, senses: Iterable[Sense]
) -> list[Counted]:
    """Return how much every document says of a Party Category, in the order of the code."""
    wanted, decided = tuple(senses), applicability_decisions()
    found = []
    for name in code.roots:
        counts = dict.fromkeys(wanted, 0)
        for each in applications_for(code, name, category, decided).values():
            if each.sense in counts:
                counts[each.sense] += 1
        found.append(Counted(name, counts))
    return found


def categories_on(on: date) -> dict[str, str]:
    """Return the names of the Party Categories that the text of a day has words for, by key."""
    return {key: option.name for key, option in category_options(on).items()}
