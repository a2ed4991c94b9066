"""References of the base's text to what a set takes away, where nobody has changed them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

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

_NUMBER = re.compile(r"[A-Z]+\d\w*(?:\.\w+)*")
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
    if others:
        found.update(_of_documents(reading, others))
    return sorted(found)


def _of_documents(reading: Reading, stems: dict[str, set[str]]) -> Iterator[int]:
    """Yield the nodes of documents, or that name one, whose text has one of their numbers."""
    places = reading.places
    for root in places.roots:
        own = stems.get(places.documents[root].document)
        if own:
            for node in range(root + 1, places.end_of(root)):
                if any(stem in places.provision(node).text for stem in own):
                    yield node
    for family in {document.partition(" ")[0] for document in stems}:
        for node in _with_word(reading, family):
            text = places.provision(node).text
            for document, own in stems.items():
                if document in text and any(stem in text for stem in own):
                    yield node


def _with_word(reading: Reading, word: str) -> list[int]:
    provisions = reading.places.provisions
    return [node for node, part in enumerate(provisions) if part is not None and word in part.text]


def _announced(reading: Reading, stems: set[str], style: ReferenceStyle) -> Iterator[int]:
    """Yield the nodes whose text has the word for a clause and one of these numbers."""
    words = sorted({keyword.word for keyword in style.keywords if keyword.naming is Naming.CLAUSE})
    words = [word for word in words if not any(o != word and word.startswith(o) for o in words)]
    for word in words:
        nodes = _with_word(reading, word)
        texts = [reading.places.provision(node).text for node in nodes]
        starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        # One long text is read several times faster than many short ones.
        for found in _NUMBER.finditer("\n".join(texts)):
            if found.group() in stems:
                yield nodes[bisect_right(starts, found.start()) - 1]


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
    verb = "deletes" if len(sets) == 1 else "delete"
    says = f"it refers to {reading.shown(target)}, which {names} {verb}"
    return Note("reference-to-deleted", names, reading.shown(node), says, quote)
