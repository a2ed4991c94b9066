"""References of the base's text to what a set takes away, where nobody has changed them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from engross.core.legaltext.change_sets import Operation, Replace
from engross.core.legaltext.merging.meaning import Meanings
from engross.core.legaltext.merging.reading import Reading
from engross.core.legaltext.merging.results import Note
from engross.core.legaltext.merging.texts import NOT_USED_HASH
from engross.core.legaltext.numbers import Address
from engross.core.legaltext.provisions import root_label
from engross.core.legaltext.references import (
    Naming,
    Reference,
    ReferenceStyle,
    references_in,
)

_NUMBER = re.compile(r"[A-Z]+\d[\w.]*")
Gone = dict[tuple[str, str], int]


def dangling_references(
    reading: Reading,
    meanings: Meanings,
    sets: Sequence[Sequence[Operation]],
    style: ReferenceStyle,
) -> Iterator[Note]:
    """Yield a note for each reference of the base to what is deleted or put to '[Not Used]'."""
    gone = _gone(reading, meanings, sets)
    if not gone:
        return
    edits = _edits(reading, sets)
    for node in _likely(reading, gone, style):
        if meanings.numbers.gone(node):
            continue
        text = reading.places.provision(node).text
        for reference in references_in(text, _here(reading, node), style):
            target = _named(reference, gone)
            if target is not None and not _is_edited(reference, edits.get(node, ())):
                quote = text[reference.start : reference.end]
                yield _note(reading, meanings, node, target, quote)


def _gone(reading: Reading, meanings: Meanings, sets: Sequence[Sequence[Operation]]) -> Gone:
    """Return what is taken away, by document and number in the base."""
    places, numbers = reading.places, meanings.numbers
    nodes = {
        node
        for top in numbers.draft.removed
        if reading.is_base(top)
        for node in range(top, places.end_of(top))
        if numbers.gone(node)
    }
    nodes.update(
        reading.node(by, operation.key)
        for by, operations in enumerate(sets)
        for operation in operations
        if isinstance(operation, Replace) and operation.hashes[1] == NOT_USED_HASH
    )
    return {
        (places.documents[node].document, places.number(node)): node
        for node in nodes
        if reading.is_base(node) and places.provisions[node] is not None and places.number(node)
    }


def _edits(
    reading: Reading, sets: Sequence[Sequence[Operation]]
) -> dict[int, list[tuple[int, int]]]:
    """Return the spans of each text that sets change."""
    found: dict[int, list[tuple[int, int]]] = {}
    for by, operations in enumerate(sets):
        for operation in operations:
            if isinstance(operation, Replace):
                spans = found.setdefault(reading.node(by, operation.key), [])
                spans.extend((at, at + len(old)) for at, old, _ in operation.edits)
    return found


def _likely(reading: Reading, gone: Gone, style: ReferenceStyle) -> list[int]:
    """Return the nodes whose text may name something that is gone: a quick look at all texts."""
    lettered, others = set[str](), dict[str, set[str]]()
    for document, number in gone:
        stem = number.partition("(")[0] or number
        letter = root_label(document)
        if letter and number.startswith(letter):
            lettered.add(stem)
        else:
            others.setdefault(document, set()).add(stem)
    found = set(_near(reading, gone.values()))
    if lettered:
        found.update(_announced(reading, lettered, style))
    for document, stems in others.items():
        found.update(_of_document(reading, document, stems))
    return sorted(found)


def _of_document(reading: Reading, document: str, stems: set[str]) -> Iterator[int]:
    """Yield the nodes of a document, or that name it, whose text has one of these numbers."""
    documents = reading.places.documents
    for node, part in enumerate(reading.places.provisions):
        if part is None or not part.text:
            continue
        here = documents[node].document == document or document in part.text
        if here and any(stem in part.text for stem in stems):
            yield node


def _announced(reading: Reading, stems: set[str], style: ReferenceStyle) -> Iterator[int]:
    """Yield the nodes whose text has the word for a clause and one of these numbers."""
    words = sorted({keyword.word for keyword in style.keywords if keyword.naming is Naming.CLAUSE})
    words = [word for word in words if not any(o != word and word.startswith(o) for o in words)]
    texts = [part.text if part else "" for part in reading.places.provisions]
    for word in words:
        for node in [node for node, text in enumerate(texts) if word in text]:
            numbers = (number.rstrip(".") for number in _NUMBER.findall(texts[node]))
            if not stems.isdisjoint(numbers):
                yield node


def _near(reading: Reading, nodes: Iterable[int]) -> Iterator[int]:
    """Yield what stands in one clause with something that is gone, and may say its last label."""
    places = reading.places
    seen: set[int] = set()
    for node in nodes:
        label = places.labels[node][0]
        *_, clause, _ = [*places_above(reading, node), -1]
        for other in range(clause, places.end_of(clause)):
            part = places.provisions[other]
            if part is not None and other not in seen and label in part.text:
                seen.add(other)
                yield other


def places_above(reading: Reading, node: int) -> list[int]:
    """Return a node and what it stands under, without the document."""
    return [above for above in reading.above(node) if reading.places.parents[above] >= 0]


def _here(reading: Reading, node: int) -> Address:
    places = reading.places
    return Address(places.documents[node].document, places.number(node) or places.stems[node])


def _named(reference: Reference, gone: Gone) -> int | None:
    if reference.kind == "external":
        return None
    first = gone.get((reference.document, reference.number))
    return first if first is not None else gone.get((reference.document, reference.until))


def _is_edited(reference: Reference, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= reference.end and reference.start <= end for start, end in spans)


def _note(reading: Reading, meanings: Meanings, node: int, target: int, quote: str) -> Note:
    sets = {by for above in reading.above(target) for by in meanings.takers.get(above, ())}
    if not sets:
        sets = {doing.ref.by for doing in reading.wordings[target]}
    names = " and ".join(reading.names(sets))
    says = f"it refers to {reading.shown(target)}, which {names} deletes"
    return Note("reference-to-deleted", names, reading.shown(node), says, quote)
