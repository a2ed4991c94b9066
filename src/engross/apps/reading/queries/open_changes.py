"""Where open change sets would change the text: by permanent ids, so whatever day is read."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from engross.apps.reading.queries.keeping import Kept, named, shared
from engross.apps.reading.queries.layers import RULES
from engross.apps.reading.queries.open_sets import SetSeen, open_sets
from engross.apps.reading.queries.texts import (
    StandingText,
    TextState,
    newest_text,
    text_state,
)
from engross.apps.registers.queries import active_code
from engross.apps.releases.models import ChangeSetVersion
from engross.apps.releases.queries import base_of, change_set_of
from engross.core.access import Reader
from engross.core.legaltext.aligned import Aligned
from engross.core.legaltext.aligning import align_places
from engross.core.legaltext.change_sets import ChangeSet
from engross.core.legaltext.merging import Note
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Document, Provision, provisions_of
from engross.core.legaltext.reaching import Touch, touches_of
from engross.core.legaltext.rebasing import rebase
from engross.core.refusals import Reason, Refused

MOST_KEPT = 400


@dataclass(frozen=True)
class OnNewest:
    """A change set as it would be drafted on the newest text.

    `touches` say what it does where. `reasons` are why parts of it, or all of it, cannot be
    carried over from the text that it was drafted on; `said` is None where nothing can.
    """

    said: ChangeSet | None
    touches: tuple[Touch, ...]
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class OpenMark:
    """What an open change set would do to a provision."""

    change_set: SetSeen
    does: tuple[str, ...]


@dataclass(frozen=True)
class OpenChanges:
    """The open change sets, and the marks of each provision and document by its key."""

    sets: tuple[SetSeen, ...]
    marks: dict[str, tuple[OpenMark, ...]]

    def of(self, text: Document | Provision) -> dict[str, tuple[OpenMark, ...]]:
        """Return the marks of what stands in a text, by permanent id; a document's by its name."""
        keys = [provision.id or "" for provision in provisions_of(text)]
        if isinstance(text, Document):
            keys.insert(0, text.document)
        return {key: self.marks[key] for key in keys if key in self.marks}

    def sets_in(self, text: Document | Provision) -> list[SetSeen]:
        """Return the change sets that would change something in a text, by name."""
        found = {
            mark.change_set.name: mark.change_set
            for marks in self.of(text).values()
            for mark in marks
        }
        return [found[name] for name in sorted(found)]


def open_changes(reader: Reader, *, state: TextState | None = None) -> OpenChanges:
    """Return where the open change sets that a reader may see would change the text.

    Two queries, where the same sets were asked about before. Sets that were drafted on an older
    text than the newest are carried over to it first.
    """
    known = state or text_state()
    # The reader's own sets are the name: nobody is given what was worked out for who sees others.
    sets = tuple(open_sets(reader))
    name = (known.hash, sets)
    return _marked.made(name, lambda: _changes_of(sets, known))


def _changes_of(sets: tuple[SetSeen, ...], state: TextState) -> OpenChanges:
    """Return what change sets would change where; a process that was just started reads it."""
    name = named(f"open {RULES} {active_code().key} {state.hash} {sets!r}")
    marks = shared(name, _Marks, lambda: _marks_of(sets, state))
    return OpenChanges(
        sets,
        {key: tuple(OpenMark(sets[at], does) for at, does in said) for key, said in marks.items()},
    )


# By key: the change sets, by their places, with what they do there.
_Marks = dict[str, list[tuple[int, tuple[str, ...]]]]


def _marks_of(sets: tuple[SetSeen, ...], state: TextState) -> _Marks:
    carried = on_newest(sets, state=state)
    marks: defaultdict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for at, each in enumerate(sets):
        does: defaultdict[str, list[str]] = defaultdict(list)
        for touch in carried[each.name].touches:
            does[touch.key].append(touch.does)
        for key, said in does.items():
            marks[key].append((at, tuple(dict.fromkeys(said))))
    return dict(marks)


# One for each choice of classes that readers may see, and a text before.
_marked: Kept[tuple[str, tuple[SetSeen, ...]], OpenChanges] = Kept(12)
_kept: Kept[tuple[str, tuple[int, str]], OnNewest] = Kept(MOST_KEPT)


def on_newest(sets: Collection[SetSeen], *, state: TextState) -> dict[str, OnNewest]:
    """Return change sets as they would be drafted on the newest text, by name.

    Each is worked out once for what it says and the state of the text.
    """
    found = {each.name: _kept.get((state.hash, each.kept)) for each in sets}
    missing = {each.pk: each for each in sets if found[each.name] is None}
    if missing and (newest := newest_text(state=state)):
        carrying = _Carrying(newest)
        rows = ChangeSetVersion.objects.filter(pk__in=missing).select_related("change_set")
        for version in rows.order_by("pk"):
            each = missing[version.pk]
            found[each.name] = _kept.put((state.hash, each.kept), carrying.carried(version))
    return {name: one or OnNewest(None, ()) for name, one in found.items()}


def forget_changes() -> None:
    """Keep nothing of them in this process any more."""
    _marked.forget()
    _kept.forget()


class _Carrying:
    """Carrying change sets over to the newest text; each older text is read and paired once."""

    def __init__(self, newest: StandingText) -> None:
        self.newest = newest
        self.aligned: dict[str, Aligned] = {}

    def carried(self, version: ChangeSetVersion) -> OnNewest:
        """Return a version of a change set on the newest text."""
        said = change_set_of(version)
        if version.base_hash == self.newest.hash:
            return OnNewest(said, tuple(touches_of(said)))
        try:
            rebased = rebase(said, self._since(version))
        except Refused as refused:
            return OnNewest(None, (), refused.reasons)
        reasons = tuple(each.reason(version.change_set.name) for each in rebased.obstacles)
        on_it = rebased.change_set
        return OnNewest(on_it, tuple(touches_of(on_it)), reasons, rebased.notes)

    def _since(self, version: ChangeSetVersion) -> Aligned:
        found = self.aligned.get(version.base_hash)
        if found is None:
            base = Places(base_of(version))
            found = self.aligned[version.base_hash] = align_places(base, self.newest.places)
        return found
