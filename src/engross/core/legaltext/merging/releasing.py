"""Put change sets together into one text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engross.core.legaltext.applying import SameAs, misfits
from engross.core.legaltext.applying.drafts import Draft
from engross.core.legaltext.applying.saying import draft_of
from engross.core.legaltext.applying.writing import written
from engross.core.legaltext.change_sets import ChangeSet, Identify, Operation
from engross.core.legaltext.merging.additions import same_additions
from engross.core.legaltext.merging.clashes import Clash
from engross.core.legaltext.merging.cycles import cycle_clashes
from engross.core.legaltext.merging.dangling import dangling_references
from engross.core.legaltext.merging.defining import terms_twice
from engross.core.legaltext.merging.leaving import remaining
from engross.core.legaltext.merging.marking import marks_clash, with_joint_marks
from engross.core.legaltext.merging.meaning import Meanings
from engross.core.legaltext.merging.naming import naming_clashes, overruled_numbers
from engross.core.legaltext.merging.numbers import Numbers, number_clashes
from engross.core.legaltext.merging.reading import Atom, Doing, Reading, Ref, Wording
from engross.core.legaltext.merging.referring import Referrer
from engross.core.legaltext.merging.removals import removal_clashes
from engross.core.legaltext.merging.reporting import conflict_of, outcomes_of
from engross.core.legaltext.merging.resolving import (
    Settled,
    pending,
    refuse_unknown,
    settled,
    with_given,
)
from engross.core.legaltext.merging.results import Merged, Note, Resolution
from engross.core.legaltext.merging.tables import table_clashes
from engross.core.legaltext.merging.texts import text_clashes
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, text_hash
from engross.core.legaltext.terms import SEC_TERMS, TermStyle
from engross.core.refusals import Reason, Refused


def merge(
    base: Code | Places,
    sets: Iterable[ChangeSet],
    resolutions: Sequence[Resolution] = (),
    *,
    style: TermStyle = SEC_TERMS,
) -> Merged:
    """Return the text that change sets on one base give together, with what they do not agree on.

    Their order says nothing. What conflicts stands as in the base until a resolution says more.
    `style` says how the code's texts refer to one another and define terms.

    Raises Refused where a set does not fit the base, two sets bear one name, or a resolution is of
    a conflict that is not there.
    """
    return merge_traced(base, sets, resolutions, style=style).merged


@dataclass(frozen=True)
class Traced:
    """A merge with the draft it was written from, to know which provision is which.

    `sets` are the change sets in the order in which the draft has them; `refs` say of what
    operations each conflict's sides are made, by its id.
    """

    merged: Merged
    draft: Draft
    sets: tuple[ChangeSet, ...]
    refs: dict[str, tuple[Ref, ...]]


def merge_traced(
    base: Code | Places,
    sets: Iterable[ChangeSet],
    resolutions: Sequence[Resolution] = (),
    *,
    style: TermStyle = SEC_TERMS,
) -> Traced:
    """Return what `merge` does, and how it came about."""
    places = base if isinstance(base, Places) else Places(base)
    reading = Reading(places, _in_order(places, sets))
    return _Merger(reading, resolutions, style).traced()


def _in_order(places: Places, sets: Iterable[ChangeSet]) -> list[ChangeSet]:
    ordered: list[ChangeSet] = []
    for one in sorted(sets, key=lambda one: one.change_set):
        if ordered and ordered[-1].change_set == one.change_set:
            if ordered[-1] == one:
                continue
            what = f"Two different change sets are called {one.change_set}"
            raise Refused(Reason(what, "Merge only one version of each proposal"))
        ordered.append(one)
    if reasons := [reason for one in ordered for reason in misfits(places, one)]:
        raise Refused(reasons)
    return ordered


class _Merger:
    def __init__(
        self, reading: Reading, resolutions: Sequence[Resolution], style: TermStyle
    ) -> None:
        self.reading, self.resolutions, self.style = reading, resolutions, style
        self.alike: set[Atom] = set()
        self.notes: list[Note] = []

    def traced(self) -> Traced:
        reading = self.reading
        clashes = list(self._clashes())
        self._overrule()
        found = settled(reading, clashes, self.resolutions)
        asked: list[Clash] = []
        if self.resolutions:
            # What is asked before anything is decided may have an answer that no one needs now.
            asked = self._number_clashes(clashes, settled(reading, clashes, ()))
            self.notes.clear()
        clashes += self._number_clashes(clashes, found)
        refuse_unknown(self.resolutions, [*clashes, *asked])
        found = settled(reading, clashes, self.resolutions)
        torn, decided = self._parted(clashes, found)
        left_out = self.alike | found.left_out
        for clash in torn:
            left_out |= pending(reading, clash)
        sets = with_given(reading, remaining(reading, left_out), found)
        same_as = same_additions(reading, sets)
        sets = with_joint_marks(reading, sets)
        draft = self._following(sets, found.said, same_as)
        code = written(draft)
        merged = Merged(
            code,
            text_hash(code),
            outcomes_of(reading, same_as, torn, decided),
            tuple(conflict_of(reading, clash, self.alike) for clash in torn),
            tuple(conflict_of(reading, clash, self.alike) for clash in decided),
            tuple(sorted(set(self.notes), key=_note_key)),
        )
        refs = {
            clash.id: tuple(sorted({atom.ref for side in clash.options for atom in side.atoms}))
            for clash in torn
        }
        return Traced(merged, draft, tuple(reading.sets), refs)

    def _following(
        self, sets: list[list[Operation]], said: list[Operation], same_as: SameAs
    ) -> Draft:
        """Return the draft of all sets, their references to one another's changes put right."""
        reading = self.reading
        draft = draft_of(reading.places, [*sets, said], same_as)
        meanings = Meanings(reading, Numbers(reading, draft))
        referrer = Referrer(reading, meanings, self.style.references)
        followed = referrer.followed(sets)
        self.notes += referrer.notes
        self.notes += dangling_references(reading, meanings, sets, self.style.references)
        once = {reading.node(by, key) for by, key in same_as}
        self.notes += terms_twice(reading, sets, once, self.style)
        if not any(note.kind == "reference-follows" for note in referrer.notes):
            return draft
        return draft_of(reading.places, [*followed, said], same_as)

    def _clashes(self) -> Iterable[Clash]:
        """Yield what cannot stand together, but for numbers: those need the rest decided."""
        reading = self.reading
        for node, doings in sorted(reading.wordings.items()):
            if reading.is_base(node) and self._several(node, doings):
                clashes, alike = text_clashes(reading, node)
                self.alike |= alike
                yield from clashes
                marks = None if clashes else marks_clash(reading, node)
                yield from () if marks is None else (marks,)
                yield from table_clashes(reading, node)
        yield from naming_clashes(reading)
        yield from removal_clashes(reading)
        yield from cycle_clashes(reading)

    def _several(self, node: int, doings: list[Doing]) -> bool:
        return len({doing.ref.by for doing in doings}) > 1

    def _overrule(self) -> None:
        """Leave out what only one can give and where it does not matter who."""
        reading = self.reading
        for doing in overruled_numbers(reading):
            self.alike.add(Atom(doing.ref))
            self._note("number-set-aside", doing, "another set moves it, and its number goes along")
        for doings in reading.identities.values():
            first, *others = doings
            for other in others:
                if _new_id(other) != _new_id(first):
                    self.alike.add(Atom(other.ref))
                    self._note("id-set-aside", other, f"{reading.name(first.ref.by)} gives one")

    def _note(self, kind: str, doing: Doing, says: str) -> None:
        node = self.reading.node(doing.ref.by, doing.operation.key)
        name, shown = self.reading.name(doing.ref.by), self.reading.shown(node)
        self.notes.append(Note(kind, name, shown, says))  # type: ignore[arg-type]

    def _number_clashes(self, clashes: Sequence[Clash], found: Settled) -> list[Clash]:
        """Return the clashes of numbers in what decisions leave, conflicts aside."""
        rings = {
            atom
            for clash in clashes
            if clash.kind in ("cycle", "document")
            for option in clash.options
            for atom in option.atoms
        }
        sets = remaining(self.reading, self.alike | found.left_out | rings)
        sets = [[one for one in own if not isinstance(one, Wording)] for own in sets]
        draft = draft_of(self.reading.places, sets, same_additions(self.reading, sets))
        numbers = Numbers(self.reading, draft)
        together, alone = number_clashes(numbers)
        for node, number in alone:
            says = f"two provisions are numbered {number}, by one change set alone"
            self.notes.append(Note("number-twice", "", number, says))
            del node
        return together

    def _parted(self, clashes: Sequence[Clash], found: Settled) -> tuple[list[Clash], list[Clash]]:
        """Return the clashes that are open and those that are decided.

        One of which decisions about others leave a single side is neither.
        """
        names = {resolution.conflict for resolution in self.resolutions}
        torn = []
        for clash in clashes:
            if clash.id in names:
                continue
            sides = [option for option in clash.options if not _is_out(option.atoms, found)]
            if len(sides) > 1:
                torn.append(clash)
        return torn, [clash for clash in clashes if clash.id in names]


def _is_out(atoms: Iterable[Atom], found: Settled) -> bool:
    own = list(atoms)
    return bool(own) and all(
        atom in found.left_out or Atom(atom.ref) in found.left_out for atom in own
    )


def _new_id(doing: Doing) -> str | None:
    operation: Operation = doing.operation
    return operation.new if isinstance(operation, Identify) else None


def _note_key(note: Note) -> tuple[str, ...]:
    return note.kind, note.change_set, note.address, note.old, note.says
