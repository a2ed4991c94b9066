"""Terms that two sets define, each for itself."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from engross.core.legaltext.change_sets import Insert, InsertDocument, Operation, Replace
from engross.core.legaltext.marks import edited_text, kept, listed, shifted
from engross.core.legaltext.merging.reading import Reading
from engross.core.legaltext.merging.results import Note
from engross.core.legaltext.provisions import Provision, provisions_of
from engross.core.legaltext.terms import TermStyle
from engross.core.legaltext.terms.phrases import phrases_in

_SIGNS = ('"', "“", "‘", "mean", "(the ")


def terms_twice(
    reading: Reading, sets: Sequence[Sequence[Operation]], added_once: set[int], style: TermStyle
) -> Iterator[Note]:
    """Yield a note for each set that defines a term which another set defines too.

    `added_once` are the nodes that another set adds alike: those are one definition.
    """
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for by, operations in enumerate(sets):
        for operation in operations:
            for term, where in _defined(reading, by, operation, added_once, style):
                found[term].setdefault(by, where)
    for term in sorted(found):
        if len(found[term]) > 1:
            names = reading.names(found[term])
            for by, where in sorted(found[term].items()):
                others = " and ".join(name for name in names if name != reading.name(by))
                says = f"it defines '{term}', and so does {others}"
                yield Note("term-twice", reading.name(by), where, says)


def _defined(
    reading: Reading, by: int, operation: Operation, added_once: set[int], style: TermStyle
) -> Iterator[tuple[str, str]]:
    """Yield the terms that an operation defines anew, and where."""
    if not isinstance(operation, Insert | InsertDocument | Replace):
        return
    if not reading.knows(by, operation.key):
        return  # given by a person
    node = reading.node(by, operation.key)
    if isinstance(operation, Replace):
        if reading.is_base(node) and _may_define(reading, node, operation, style):
            old = reading.places.provision(node)
            before = {phrase.term for phrase in phrases_in(old, style)}
            for phrase in phrases_in(_edited(old, operation), style):
                if phrase.term not in before:
                    yield phrase.term, reading.shown(node)
        return
    if node in added_once:
        return
    added = operation.provision if isinstance(operation, Insert) else operation.document
    for part in provisions_of(added):
        for phrase in phrases_in(part, style):
            yield phrase.term, reading.shown(node)


def _may_define(reading: Reading, node: int, operation: Replace, style: TermStyle) -> bool:
    """Return whether an edit can make a definition: there are marks, or words that define."""
    if style.plain_defines or reading.places.provision(node).inlines:
        return True
    return any(sign in new for _, _, new in operation.edits for sign in _SIGNS)


def _edited(part: Provision, operation: Replace) -> Provision:
    marks = kept(shifted(listed(part.inlines), operation.edits))
    return replace(part, text=edited_text(part.text, operation.edits), inlines=marks)
