"""References in what a set writes, to what another set renumbers, moves or takes away.

A number that a drafter wrote means what bore it in that set's own result. In the merged text it may
bear another: the reference is written anew and a note says so.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from engross.core.legaltext.change_sets import Insert, Operation, Replace, TextEdit
from engross.core.legaltext.marks import edited_text, kept, listed, shifted
from engross.core.legaltext.merging.meaning import Meanings
from engross.core.legaltext.merging.reading import Reading
from engross.core.legaltext.merging.results import Note, NoteKind
from engross.core.legaltext.merging.rewriting import Run, composed, runs_of
from engross.core.legaltext.numbers import Address
from engross.core.legaltext.provisions import Provision
from engross.core.legaltext.references import Reference, ReferenceStyle, references_in

_NUMBERS = re.compile(r"[\d(]|[A-Z]\b")


class Written(NamedTuple):
    """A text that a set writes: where it stands, for the reader and for a person."""

    by: int
    here: Address
    shown: str


class Change(NamedTuple):
    """An edit that lets a reference follow, and how it is told."""

    edit: TextEdit
    note: Note


class Referrer:
    """Lets the references of sets follow what other sets do; `notes` says what was done."""

    def __init__(self, reading: Reading, meanings: Meanings, style: ReferenceStyle) -> None:
        self.reading, self.meanings, self.style = reading, meanings, style
        self.notes: list[Note] = []

    def followed(self, sets: Sequence[Sequence[Operation]]) -> list[list[Operation]]:
        """Return the sets with their references following one another's changes."""
        edits = self._edits_by_node(sets)
        return [
            [self._operation(by, operation, edits) for operation in operations]
            for by, operations in enumerate(sets)
        ]

    def _edits_by_node(
        self, sets: Sequence[Sequence[Operation]]
    ) -> dict[int, list[tuple[int, TextEdit]]]:
        found: dict[int, list[tuple[int, TextEdit]]] = {}
        for by, operations in enumerate(sets):
            for operation in operations:
                if isinstance(operation, Replace) and operation.edits:
                    node = self.reading.node(by, operation.key)
                    own = found.setdefault(node, [])
                    own.extend((by, edit) for edit in operation.edits)
        return found

    def _operation(
        self, by: int, operation: Operation, edits: dict[int, list[tuple[int, TextEdit]]]
    ) -> Operation:
        reading = self.reading
        # What a person gives is written in the numbers of the result.
        if isinstance(operation, Insert) and reading.knows(by, operation.key):
            node = reading.node(by, operation.key)
            return replace(operation, provision=self._provision(by, node, operation.provision))
        if isinstance(operation, Replace) and self._may_refer(operation):
            node = reading.node(by, operation.key)
            if reading.is_base(node):
                return self._replace(by, node, operation, edits[node])
        return operation

    def _may_refer(self, operation: Replace) -> bool:
        """Return whether an edit may change what a reference names: a number, or words before."""
        return any(_NUMBERS.search(old) or _NUMBERS.search(new) for _, old, new in operation.edits)

    def _provision(self, by: int, node: int, part: Provision) -> Provision:
        """Return an added provision with the references in it, and in all under it, followed."""
        draft = self.reading.draft
        children = tuple(
            self._provision(by, child, own)
            for child, own in zip(draft.added_children[node], part.children, strict=True)
        )
        if any(one is not other for one, other in zip(children, part.children, strict=True)):
            part = replace(part, children=children)
        if not part.text:
            return part
        changes = list(self._changes(part.text, self._written(by, node)))
        if not changes:
            return part
        self.notes.extend(change.note for change in changes)
        edits = [change.edit for change in changes]
        marks = kept(shifted(listed(part.inlines), edits))
        return replace(part, text=edited_text(part.text, edits), inlines=marks)

    def _replace(
        self, by: int, node: int, operation: Replace, all_edits: list[tuple[int, TextEdit]]
    ) -> Replace:
        text = self.reading.places.provision(node).text
        new = edited_text(text, operation.edits)
        runs = runs_of(operation.edits)
        changes = list(self._changes(new, self._written(by, node), runs))
        if not changes:
            return operation
        edits = tuple(composed(text, operation.edits, [change.edit for change in changes]))
        others = [edit for other, edit in all_edits if other != by and edit not in operation.edits]
        if any(_meet(edit, other) for edit in edits for other in others):
            return operation  # another set writes a part of it: that one knows its own numbers
        self.notes.extend(change.note for change in changes)
        return replace(operation, edits=edits)

    def _written(self, by: int, node: int) -> Written:
        """Return where a node's text stands in the set's own result."""
        reading = self.reading
        voice, draft = reading.voice(by), reading.draft
        number = voice.number(node, draft) or voice.stem(node, draft)
        root = node
        while (above := voice.parent(root, draft)) >= 0:
            root = above
        return Written(by, Address(reading.document_name(by, root), number), reading.shown(node))

    def _changes(
        self, text: str, written: Written, runs: Sequence[Run] | None = None
    ) -> Iterator[Change]:
        """Yield the edits that let references name what they meant; of `runs` only, if given."""
        for reference in references_in(text, written.here, self.style):
            start, end = reference.start, reference.end
            if reference.kind == "external" or (
                runs is not None and not any(run.start < end and run.end > start for run in runs)
            ):
                continue
            quote = text[start:end]
            new = self._anew(quote, reference, written)
            if new != quote:
                note = self._note(
                    "reference-follows", written, "it names what it named", quote, new
                )
                yield Change((start, quote, new), note)

    def _anew(self, quote: str, reference: Reference, written: Written) -> str:
        """Return the words of a reference with the numbers that what it names bears now."""
        for number in dict.fromkeys((reference.until, reference.number)):
            if not number and reference.number:
                continue
            quote = self._one_anew(quote, reference.document, number, written)
        return quote

    def _one_anew(self, quote: str, document: str, number: str, written: Written) -> str:
        meanings, numbers = self.meanings, self.meanings.numbers
        target = meanings.target(written.by, document, number)
        node = None if target is None else meanings.merged(target)
        if target is None or node is None:
            return quote
        if numbers.gone(node):
            if not meanings.removed(written.by, target) or not self.reading.is_base(target):
                gone, takers = self.reading.shown(target), self._takers(target)
                says = f"it refers to {gone}, which {takers}"
                self.notes.append(self._note("reference-to-deleted", written, says, quote, ""))
            return quote
        if not number:
            return _renamed(quote, document, numbers.name(node))
        name, now = numbers.name(numbers.document(node)), numbers.number(node)
        if name != document and not _has_letter(number, now, document, name):
            says = f"it refers to what now is {name}, {now}"
            self.notes.append(self._note("reference-moved", written, says, quote, ""))
            return quote
        return renumbered(quote, number, now)

    def _takers(self, target: int) -> str:
        above = self.reading.above(target) if self.reading.is_base(target) else iter((target,))
        sets = {by for node in above for by in self.meanings.takers.get(node, ())}
        names = " and ".join(self.reading.names(sets)) or "another change set"
        return f"{names} {'delete' if len(sets) > 1 else 'deletes'}"

    def _note(self, kind: NoteKind, written: Written, says: str, old: str, new: str) -> Note:
        return Note(kind, self.reading.name(written.by), written.shown, says, old, new)


def _meet(one: TextEdit, other: TextEdit) -> bool:
    return one[0] <= other[0] + len(other[1]) and other[0] <= one[0] + len(one[1])


def _renamed(quote: str, old: str, new: str) -> str:
    """Return a quote with a document's new name: 'Appendix L' with 'Appendix M'."""
    return quote.replace(old, new) if old != new else quote


def _has_letter(old: str, new: str, document: str, name: str) -> bool:
    """Return whether both numbers say their document by its letter: 'D7.2' and 'E4.1'."""
    letter, other = document.partition(" ")[2], name.partition(" ")[2]
    sections = document.startswith("Section ") and name.startswith("Section ")
    return sections and old.startswith(letter) and new.startswith(other)


def renumbered(quote: str, old: str, new: str) -> str:
    """Return a quote in which a number, or the end of it that is printed, is another.

    'paragraph (b)' stays where only what stands before '(b)' is another.
    """
    if old == new:
        return quote
    for start in range(len(old)):
        shown, before = old[start:], old[:start]
        at = _found(quote, shown)
        if at < 0:
            continue
        if new.startswith(before):
            return quote[:at] + new[len(before) :] + quote[at + len(shown) :]
        return quote if new.endswith(shown) else quote[:at] + new + quote[at + len(shown) :]
    return quote


def _found(quote: str, shown: str) -> int:
    """Return where a number stands last in a quote, and not as a part of a longer one; else -1."""
    at = quote.rfind(shown)
    while at >= 0:
        before, after = quote[at - 1 : at], quote[at + len(shown) :][:1]
        begins = not shown[0].isalnum() or not (before.isalnum() or before == ".")
        if begins and not after.isalnum():
            return at
        at = quote.rfind(shown, 0, at + len(shown) - 1) if at else -1
    return -1
