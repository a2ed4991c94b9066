"""Defined terms as at a day: what each means, and where it is used."""

from collections.abc import Sequence
from dataclasses import dataclass

from engross.apps.reading.queries.layers import CodeLayers
from engross.core.legaltext.numbers.addresses import document_slug
from engross.core.legaltext.terms import Definition, Entry, Use, limbs_of

MOST_USES = 200


@dataclass(frozen=True)
class Meaning:
    """One definition of a term: its kind, where it stands, and the nodes that say it.

    `nodes` are the paragraph that defines and its limbs; `quoted` what a pointer points at, with
    what stands under it; empty where that is not there.
    """

    kind: str
    node: int
    nodes: tuple[int, ...]
    quoted: tuple[int, ...] = ()


@dataclass(frozen=True)
class TermUses:
    """Where a term is used: how often in each document, and the nodes, the first of them."""

    total: int
    by_document: dict[str, int]
    nodes: tuple[int, ...]


def terms_called(code: CodeLayers, slug: str) -> list[Entry]:
    """Return the terms that an address names: the one that binds everywhere first, then local."""
    return _by_slug(code).get(slug, [])


def term_named(code: CodeLayers, slug: str, within: str = "") -> Entry | None:
    """Return the term that an address names; `within` is the path of a document: its local one."""
    found = terms_called(code, slug)
    if not within:
        return found[0] if found else None
    return next((each for each in found if document_slug(each.scope.document) == within), None)


def _by_slug(code: CodeLayers) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in code.layers.entries:
        found.setdefault(entry.slug, []).append(entry)
    return found


def meanings_of(code: CodeLayers, entry: Entry) -> list[Meaning]:
    """Return what a term means: each of its definitions, in the order of reading."""
    meanings = [_meaning(code, code.layers.definitions[at]) for at in entry.definitions]
    # A definition made in passing that a pointer quotes is said once.
    quoted = {node for each in meanings for node in each.quoted}
    return [each for each in meanings if each.node not in quoted]


def _meaning(code: CodeLayers, definition: Definition) -> Meaning:
    places = code.places
    nodes = (definition.node, *limbs_of(places, definition))
    if definition.pointer is None:
        return Meaning(definition.kind, definition.node, nodes)
    links = code.layers.links_from.get(definition.node, ())
    targets = next((each.targets for each in links if each.reference == definition.pointer), ())
    # A pointer to a whole document is not quoted: its page is.
    listed = [
        node
        for target in targets
        if places.provisions[target] is not None
        for node in range(target, places.end_of(target))
    ]
    return Meaning(definition.kind, definition.node, nodes, tuple(listed))


def uses_of_term(code: CodeLayers, entry: Entry, *, most: int = MOST_USES) -> TermUses:
    """Return where a term is used in the whole code; `most` nodes are named, all are counted."""
    wanted = set(entry.definitions)
    found: list[Use] = [use for use in code.layers.uses if use.definition in wanted]
    by_document: dict[str, int] = {}
    for use in found:
        name = code.places.documents[use.node].document
        by_document[name] = by_document.get(name, 0) + 1
    nodes = tuple(dict.fromkeys(use.node for use in found))
    return TermUses(len(found), by_document, nodes[:most])


def terms_matching(code: CodeLayers, words: str) -> Sequence[Entry]:
    """Return the terms that hold all the words, in any letter case, from A to Z; all for none."""
    asked = words.casefold().split()
    if not asked:
        return code.layers.entries
    return [
        entry
        for entry in code.layers.entries
        if all(word in entry.term.casefold() for word in asked)
    ]
