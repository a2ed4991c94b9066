"""What open change sets would make of one clause: each as a redline of that clause alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from engross.apps.reading.queries.keeping import Kept
from engross.apps.reading.queries.open_changes import OnNewest, OpenChanges, on_newest
from engross.apps.reading.queries.open_sets import SetSeen
from engross.apps.reading.queries.texts import StandingText, TextState, newest_text
from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.aligning import align
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.following import follow
from engross.core.legaltext.merging import Note
from engross.core.legaltext.provisions import Code, Document, Provision
from engross.core.refusals import Reason

MOST_KEPT = 60


@dataclass(frozen=True)
class ClauseChange:
    """What one open change set would make of a clause.

    `does` says it in words, by address; `aligned` is the clause before and after, with what is
    added beside it; `reasons` are why some of the set cannot be carried over to the newest text.
    """

    change_set: SetSeen
    does: tuple[tuple[str, tuple[str, ...]], ...]
    aligned: Aligned
    reasons: tuple[Reason, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class ChangesAt:
    """The newest text's clause of a key, and what each open set would make of it, by name."""

    newest: StandingText
    node: int
    changes: tuple[ClauseChange, ...]

    @property
    def provision(self) -> Provision | None:
        """The clause as the newest text has it; None for a whole document."""
        return self.newest.places.provisions[self.node]


def changes_at(key: str, changes: OpenChanges, *, state: TextState) -> ChangesAt | None:
    """Return what open change sets would make of a clause and of what stands under it.

    `key` is a provision's permanent id, or the name of a document. None where the newest text
    does not have it any more.
    """
    newest = newest_text(state=state)
    node = newest.places.find(key) if newest else None
    if newest is None or node is None:
        return None
    places = newest.places
    below = range(node, places.end_of(node))
    marks: dict[str, dict[str, tuple[str, ...]]] = {}
    sets: dict[str, SetSeen] = {}
    for each in below:
        for mark in changes.marks.get(places.keys[each], ()):
            name = mark.change_set.name
            sets[name] = mark.change_set
            marks.setdefault(name, {})[places.shown(each)] = mark.does
    carried = on_newest(list(sets.values()), state=state)
    found = tuple(
        ClauseChange(
            sets[name],
            tuple(marks[name].items()),
            _clause(_made(newest, sets[name], carried[name], state), newest, node),
            carried[name].reasons,
            carried[name].notes,
        )
        for name in sorted(sets)
    )
    return ChangesAt(newest, node, found)


_kept: Kept[tuple[str, tuple[int, str]], Aligned] = Kept(MOST_KEPT)


def _made(newest: StandingText, each: SetSeen, carried: OnNewest, state: TextState) -> Aligned:
    """Return the documents that a change set touches, before and after it alone."""
    name = (state.hash, each.kept)
    found = _kept.get(name)
    if found is None:
        said = carried.said or ChangeSet(each.name, ())
        found = _kept.put(name, follow(_touched(newest, carried), said))
    return found


def _touched(newest: StandingText, carried: OnNewest) -> Code:
    """Return the documents of the newest text in which a change set does something."""
    places = newest.places
    nodes = (places.find(touch.key) for touch in carried.touches)
    names = {places.documents[node].document for node in nodes if node is not None}
    return Code(tuple(one for one in newest.code.documents if one.document in names))


def _clause(made: Aligned, newest: StandingText, node: int) -> Aligned:
    """Return one clause before and after a change set, paired as texts of their own."""
    part = newest.places.provisions[node]
    document = newest.places.documents[node]
    old = made.old.find(newest.places.keys[node])
    if part is None or old is None:
        before = Code((document,))
        return align(before, Code(tuple(_after(made, document.document)) or before.documents))
    after = [made.new.provision(new) for new in _became(made, old)]
    return align(_alone(document, [part]), _alone(document, after))


def _after(made: Aligned, name: str) -> Iterator[Document]:
    for root in made.old.roots:
        if made.old.documents[root].document == name and made.new_of[root] != NONE:
            yield made.new.documents[made.new_of[root]]


def _became(made: Aligned, old: int) -> Iterator[int]:
    """Yield what became of a provision, and what is added right after it."""
    new = made.new_of[old]
    if new == NONE:
        return
    yield new
    siblings = made.new.children[made.new.parents[new]]
    for each in siblings[siblings.index(new) + 1 :]:
        if made.old_of[each] != NONE:
            return
        yield each


def _alone(document: Document, provisions: list[Provision]) -> Code:
    return Code((replace(document, provisions=tuple(provisions)),))
