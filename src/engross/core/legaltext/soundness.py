"""Whether a text can be worked on, and what in it looks like a slip.

A text in which two provisions bear one id, a mark lies outside its text or provisions are nested
without end is refused: every later answer would be wrong. Two provisions with one number, or
numbers out of order, happen in real law: they are remarked upon and the text is taken as it is.

Both looks go over a document level by level, because that is a few milliseconds for a whole code;
only where something is found is the place worked out.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from msgspec import UNSET

from engross.core.legaltext.numbers import sort_key
from engross.core.legaltext.provisions import Code, Document, Inline, Provision
from engross.core.refusals import Reason

DEEPEST = 64
MOST_NAMED = 20
MOST_PLACES = 3  # of one number


class Found(NamedTuple):
    """A provision, and where it stands: as which of its siblings, under what."""

    provision: Provision
    at: int
    above: "Found | None"
    depth: int

    @property
    def path(self) -> str:
        """The place in the canonical JSON: 'provisions[3].children[0]'."""
        if self.above is None:
            return f"provisions[{self.at}]"
        return f"{self.above.path}.children[{self.at}]"

    def stands_under(self, ident: str) -> bool:
        """Say whether something above bears an id."""
        above = self.above
        while above is not None:
            if above.provision.id == ident:
                return True
            above = above.above
        return False


def reasons_against(code: Code) -> list[Reason]:
    """Return why a text cannot be worked on; none if it can."""
    return [
        *_same_documents(code),
        *(reason for document in code.documents for reason in _too_deep(document)),
        *_same_ids(code),
        *(reason for document in code.documents for reason in _stray_marks(document)),
    ][:MOST_NAMED]


def remarks_on(code: Code) -> list[str]:
    """Return what looks like a slip in the numbers: the same one twice, or out of order."""
    return first_remarks_on(code, most=None)[0]


def first_remarks_on(code: Code, *, most: int | None) -> tuple[list[str], int]:
    """Return the first of what `remarks_on` does, and how many there are in all.

    A law that is told several times over in one file has thousands: only those that are asked for
    are put into words.
    """
    known: dict[tuple[str, ...], int] = {}
    said: list[str] = []
    count = 0
    for document in code.documents:
        numbers = _same_numbers(document)
        unordered = list(_unordered(document, known))
        count += len(numbers) + len(unordered)
        room = None if most is None else most - len(said)
        if asked := dict(islice(numbers.items(), room)):
            said += _twice(document, asked)
        said = [*said, *unordered][:most]
    return said, count


def levels_of(document: Document) -> Iterator[list[Provision]]:
    """Yield the provisions of each level, from the top; stops one level below the deepest."""
    level = list(document.provisions)
    for _ in range(DEEPEST + 1):
        if not level:
            return
        yield level
        level = [child for provision in level if provision.children for child in provision.children]


def _same_documents(code: Code) -> Iterator[Reason]:
    names = [document.document for document in code.documents]
    if len(set(names)) == len(names):
        return
    for name, times in Counter(names).items():
        if times > 1:
            places = [f"documents[{at}]" for at, each in enumerate(names) if each == name]
            what = f"{' and '.join(places)} are both called '{name}'"
            yield Reason(what, "Give every document a name of its own")


def _too_deep(document: Document) -> Iterator[Reason]:
    if sum(1 for _ in levels_of(document)) > DEEPEST:
        what = f"{document.document} is nested deeper than {DEEPEST} levels"
        yield Reason(what, "Put its provisions under fewer others")


def _same_ids(code: Code) -> Iterator[Reason]:
    ids = [
        provision.id
        for document in code.documents
        for level in levels_of(document)
        for provision in level
        if provision.id is not None
    ]
    if len(set(ids)) == len(ids) and "" not in ids:
        return
    first: dict[str, str] = {}
    for document in code.documents:
        for found in _found_in(document):
            ident = found.provision.id
            if ident is None:
                continue
            place = _place(document, found)
            if not ident:
                yield Reason(f"{place}: the id is empty", "Write null where there is none")
            elif found.stands_under(ident):
                what = f"{place}: '{ident}' stands under itself, a cycle"
                yield Reason(what, "Give the two provisions ids of their own")
            elif ident in first:
                what = f"{place}: the id '{ident}' is already that of {first[ident]}"
                yield Reason(what, "Give one of them another id, or null")
            first.setdefault(ident or "", place)


def _stray_marks(document: Document) -> Iterator[Reason]:
    marked = any(
        provision.inlines is not UNSET and _is_stray(provision)
        for level in levels_of(document)
        for provision in level
    )
    for found in _found_in(document) if marked else ():
        for at, inline in enumerate(found.provision.inlines or ()):
            if _lies_outside(inline, found.provision.text):
                span = f"{inline.start} to {inline.end}"
                what = (
                    f"{document.document}: {found.path}.inlines[{at}] marks {span}, "
                    f"and the text is {len(found.provision.text)} long"
                )
                yield Reason(what, "Let start and end be places within the text")


def _is_stray(provision: Provision) -> bool:
    return any(_lies_outside(inline, provision.text) for inline in provision.inlines or ())


def _lies_outside(inline: Inline, text: str) -> bool:
    return not 0 <= inline.start <= inline.end <= len(text)


def _same_numbers(document: Document) -> dict[str, int]:
    """Return the numbers that several provisions bear, and how many do."""
    numbers = [
        provision.number
        for level in levels_of(document)
        for provision in level
        # The limbs of different definitions are each '(a)': their own list says which.
        if provision.number and provision.number[0] != "("
    ]
    if len(set(numbers)) == len(numbers):
        return {}
    return {number: times for number, times in Counter(numbers).items() if times > 1}


def _twice(document: Document, numbers: dict[str, int]) -> Iterator[str]:
    places: dict[str, list[Found]] = {number: [] for number in numbers}
    left = sum(min(times, MOST_PLACES) for times in numbers.values())
    for found in _found_in(document):
        told = places.get(found.provision.number)
        if told is not None and len(told) < MOST_PLACES:
            told.append(found)
            left -= 1
            if not left:
                break
    for number, times in numbers.items():
        named = " and ".join(found.path for found in places[number])
        others = " and others" if times > MOST_PLACES else ""
        yield f"{document.document}: {times} provisions are numbered {number} ({named}{others})"


def _unordered(document: Document, known: dict[tuple[str, ...], int]) -> Iterator[str]:
    """Yield where a number comes before the one it follows.

    `known` maps the own labels of siblings to the place of the first that is out of order, or -1:
    most lists of a code read (a), (b), (c).
    """
    groups = [("", document.provisions)] if document.provisions else []
    for level in levels_of(document):
        groups += [
            (provision.number, provision.children) for provision in level if provision.children
        ]
    for number, siblings in groups:
        first, last = siblings[0].number, siblings[-1].number
        skipped = len(number) if first.startswith(number) and last.startswith(number) else 0
        labels = tuple([each.number[skipped:] for each in siblings])
        at = known.get(labels)
        if at is None:
            at = known[labels] = _first_out_of_order([each.number for each in siblings])
        if at >= 0:
            before = [each.number for each in siblings[:at] if each.number][-1]
            yield f"{document.document}: {siblings[at].number} comes after {before}"


def _first_out_of_order(numbers: list[str]) -> int:
    last = None
    for at, number in enumerate(numbers):
        if not number:
            continue
        key = sort_key(number)
        if last is not None and key < last:
            return at
        last = key
    return -1


def _place(document: Document, found: Found) -> str:
    number = f"{found.provision.number}, " if found.provision.number else ""
    return f"{document.document}: {number}{found.path}"


def _found_in(document: Document) -> Iterator[Found]:
    waiting = [
        Found(provision, at, None, 0)
        for at, provision in reversed(list(enumerate(document.provisions)))
    ]
    while waiting:
        found = waiting.pop()
        yield found
        children = found.provision.children
        if children and found.depth < DEEPEST:
            waiting += [
                Found(child, at, found, found.depth + 1)
                for at, child in reversed(list(enumerate(children)))
            ]
