"""What looks like a slip in a text: in its numbers, its references and its defined terms.

A finding is for a person to judge. Nothing here changes a text, and real law has all of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code
from engross.core.legaltext.references import Link, Status, links_of
from engross.core.legaltext.soundness import remarks_on
from engross.core.legaltext.terms import (
    SEC_TERMS,
    Definition,
    Glossary,
    TermStyle,
    Use,
    definitions_of,
    pointed_at,
    undefined_in,
    uses_of,
)

_WRONG = {
    Status.UNRESOLVED: "names nothing in this text",
    Status.NOT_USED: "names what is not used any more",
    Status.HEADING_MISMATCH: "gives another heading than stands there",
}


class Finding(NamedTuple):
    """What looks wrong and where; `address` is '' where the words say it."""

    about: Literal["numbering", "reference", "term"]
    address: str
    what: str

    def __str__(self) -> str:
        return f"{self.address}: {self.what}" if self.address else self.what


def findings_in(code: Code, style: TermStyle = SEC_TERMS) -> list[Finding]:
    """Return what looks like a slip, in reading order: numbers, then references, then terms.

    References to other documents are only followed to those that are in the code.
    """
    places = Places(code)
    links = links_of(places, style.references)
    definitions = definitions_of(places, style)
    uses = uses_of(places, Glossary(places, definitions, style), links)
    return [
        *(Finding("numbering", "", remark) for remark in remarks_on(code)),
        *_references(places, links),
        *_definitions(places, definitions, uses),
        *_undefined(places, definitions, uses, links, style),
    ]


def _references(places: Places, links: Sequence[Link]) -> Iterator[Finding]:
    for link in links:
        if link.status in _WRONG:
            text = places.provision(link.node).text
            words = text[link.reference.start : link.reference.end]
            what = f"'{words}' {_WRONG[link.status]}"
            yield Finding("reference", places.shown(link.node), what)


def _definitions(
    places: Places, definitions: Sequence[Definition], uses: Sequence[Use]
) -> Iterator[Finding]:
    pairs = pointed_at(places, definitions)
    used = {use.definition for use in uses}
    used |= {pointer for pointer, target in pairs.items() if target in used}
    targets = set(pairs.values())
    first: dict[tuple[str, object], Definition] = {}
    for at, definition in enumerate(definitions):
        if at in targets:
            continue  # it is one with the pointer to it
        address = places.shown(definition.node)
        earlier = first.setdefault((definition.term, definition.scope), definition)
        if earlier is not definition:
            what = f"'{definition.term}' is already defined in {places.shown(earlier.node)}"
            yield Finding("term", address, what)
        elif at not in used:
            yield Finding("term", address, f"'{definition.term}' is defined and never used")


def _undefined(
    places: Places,
    definitions: Sequence[Definition],
    uses: Sequence[Use],
    links: Sequence[Link],
    style: TermStyle,
) -> Iterator[Finding]:
    """Yield the words in capitals that nothing defines, each where it first stands."""
    if not style.has_capitals or not definitions:
        return
    covered: dict[int, list[tuple[int, int]]] = {}
    for node, start, end in (
        *((use.node, use.start, use.end) for use in uses),
        *((each.node, each.start, each.end) for each in definitions),
        *((link.node, link.reference.start, link.reference.end) for link in links),
    ):
        covered.setdefault(node, []).append((start, end))
    first: dict[str, int] = {}
    times: Counter[str] = Counter()
    for node, provision in enumerate(places.provisions):
        if provision is not None and provision.text:
            for found in undefined_in(provision.text, covered.get(node, ()), style):
                first.setdefault(found.words, node)
                times[found.words] += 1
    for words, node in first.items():
        often = f" ({times[words]} times)" if times[words] > 1 else ""
        what = f"'{words}' is written as a defined term and is none{often}"
        yield Finding("term", places.shown(node), what)
