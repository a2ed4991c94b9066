"""What in a code's text looks like a slip: references, terms and numbers, each with its place.

Nothing here refuses a text. Every problem names the document, the address and the words, and says
what could be done about it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from engross.core.legaltext.layers import Layers
from engross.core.legaltext.numbering import misnumbered
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.legaltext.references import Link, Status
from engross.core.legaltext.terms import SEC_TERMS, Definition, TermStyle, undefined_in

_MOST_QUOTED = 80


class About(StrEnum):
    """What a problem is about."""

    REFERENCES = "references"
    TERMS = "terms"
    NUMBERS = "numbers"


class Problem(NamedTuple):
    """Something that looks like a slip in the text at an address.

    `start` and `end` are the span of the words in the provision's text, both 0 where the whole
    provision is meant.
    """

    about: About
    document: str
    address: str
    start: int
    end: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.address}: {self.what}. {self.remedy}."


def check(code: Code, style: TermStyle = SEC_TERMS) -> list[Problem]:
    """Return what looks like a slip in a code's text: first by what it is about, then by place.

    A document that stands alone is not blamed for what it refers to in others, nor for terms that
    the glossary defines.
    """
    places = Places(code)
    layers = Layers(places, style)
    slips = {
        About.REFERENCES: _in_references(layers),
        About.TERMS: _in_terms(layers),
        About.NUMBERS: (_Slip(node, 0, 0, *told) for node, *told in misnumbered(places)),
    }
    return [
        Problem(
            about,
            places.documents[slip.node].document,
            places.shown(slip.node),
            slip.start,
            slip.end,
            slip.what,
            slip.remedy,
        )
        for about, found in slips.items()
        for slip in found
    ]


class _Slip(NamedTuple):
    """A problem before its place is put in words."""

    node: int
    start: int
    end: int
    what: str
    remedy: str


def _quote(layers: Layers, node: int, start: int, end: int) -> str:
    words = " ".join(layers.places.provision(node).text[start:end].split())
    return f"{words[:_MOST_QUOTED]}…" if len(words) > _MOST_QUOTED else words


def _in_references(layers: Layers) -> Iterator[_Slip]:
    places = layers.places
    known = {document.document for document in places.code.documents}
    for link in layers.links:
        reference = link.reference
        alone = len(known) == 1 and reference.document not in known
        if link.status in (Status.RESOLVED, Status.EXTERNAL) or alone:
            continue
        quote = _quote(layers, link.node, reference.start, reference.end)
        what, remedy = _told(layers, link, quote)
        yield _Slip(link.node, reference.start, reference.end, what, remedy)


def _told(layers: Layers, link: Link, quote: str) -> tuple[str, str]:
    """Return what is wrong with a reference, and what to do."""
    if link.status is Status.NOT_USED:
        return f"'{quote}' names a provision that is not used", "Name what stands in its place"
    if link.status is Status.HEADING_MISMATCH:
        target = layers.places.provisions[link.targets[-1]]
        document = layers.places.documents[link.targets[-1]]
        heading = (target.heading if target else document.title) or ""
        what = f"'{quote}' quotes a heading that is not the one there: '{heading}'"
        return what, "Correct the number or the heading"
    return f"'{quote}' names nothing in this text", "Correct the number, or add what it names"


def _in_terms(layers: Layers) -> Iterator[_Slip]:
    yield from _defined_twice(layers)
    yield from _unused(layers)
    yield from _empty_pointers(layers)
    glossaries = set(layers.style.glossaries)
    documents = {document.document for document in layers.places.code.documents}
    if layers.style.has_capitals and (not glossaries or glossaries & documents):
        yield from _undefined(layers)


def _name(layers: Layers, definition: Definition) -> str:
    return definition.term if layers.style.has_capitals else definition.term.lower()


def _defined_twice(layers: Layers) -> Iterator[_Slip]:
    """Yield terms with two meanings in one scope; a pointer and what it points to are one."""
    first: dict[tuple[str, object], Definition] = {}
    for definition in layers.definitions:
        kind = "made in passing" if definition.kind == "inline" else ""
        key = (_name(layers, definition), (definition.scope, kind))
        known = first.setdefault(key, definition)
        if known is definition or known.node == definition.node:
            continue
        where = layers.places.shown(known.node)
        what = f"'{definition.term}' is defined twice: also at {where}"
        remedy = "Keep one of the definitions, or give the other a term of its own"
        yield _Slip(definition.node, definition.start, definition.end, what, remedy)


def _unused(layers: Layers) -> Iterator[_Slip]:
    """Yield definitions whose term nothing uses, wherever else it may be defined again."""
    used = {_name(layers, layers.definitions[use.definition]) for use in layers.uses}
    for definition in layers.definitions:
        if definition.kind != "inline" and _name(layers, definition) not in used:
            if definition.names_law and not layers.style.has_capitals:
                continue
            what = f"'{definition.term}' is defined, and used nowhere"
            yield _Slip(definition.node, definition.start, definition.end, what, "Leave it out")


def _empty_pointers(layers: Layers) -> Iterator[_Slip]:
    """Yield pointers to a provision that does not define the term."""
    defined: dict[str, list[int]] = {}
    for definition in layers.definitions:
        if definition.kind != "pointer":
            defined.setdefault(_name(layers, definition), []).append(definition.node)
    links = {(link.node, link.reference.start): link for link in layers.links if link.targets}
    for definition in layers.definitions:
        pointer = definition.pointer
        link = links.get((definition.node, pointer.start)) if pointer else None
        if link is None:
            continue
        nodes = defined.get(_name(layers, definition), [])
        ends = [(target, layers.places.end_of(target)) for target in link.targets]
        if not any(start <= node < end for node in nodes for start, end in ends):
            where = layers.places.shown(link.targets[0])
            what = f"'{definition.term}' is said to be defined at {where}, and is not defined there"
            remedy = "Define it there, or say where it is defined"
            start, end = link.reference.start, link.reference.end
            yield _Slip(definition.node, start, end, what, remedy)


def _undefined(layers: Layers) -> Iterator[_Slip]:
    covered = _covered(layers)
    for node, provision in enumerate(layers.places.provisions):
        if provision is None or not provision.text:
            continue
        for found in undefined_in(provision.text, covered.get(node, ()), layers.style):
            what = f"'{found.words}' is written like a defined term, and nothing defines it"
            remedy = "Define it, or write it small"
            yield _Slip(node, found.start, found.end, what, remedy)


def _covered(layers: Layers) -> dict[int, list[tuple[int, int]]]:
    """Return the spans of every text that are accounted for."""
    covered: dict[int, list[tuple[int, int]]] = {}
    for link in layers.links:
        covered.setdefault(link.node, []).append((link.reference.start, link.reference.end))
    for use in layers.uses:
        covered.setdefault(use.node, []).append((use.start, use.end))
    for node, definitions in layers.glossary.own.items():
        covered.setdefault(node, []).extend(_repeated(layers, node, definitions))
    return covered


def _repeated(
    layers: Layers, node: int, definitions: Sequence[Definition]
) -> Iterable[tuple[int, int]]:
    """Yield where a text says the terms that it defines."""
    text = layers.places.provision(node).text
    for term in {definition.term for definition in definitions}:
        at = text.find(term)
        while at >= 0:
            yield at, at + len(term)
            at = text.find(term, at + len(term))


def counts(problems: Iterable[Problem]) -> dict[About, int]:
    """Return how many problems there are of each kind, all kinds named."""
    found = Counter(problem.about for problem in problems)
    return {about: found[about] for about in About}
