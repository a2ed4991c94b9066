"""What a merge says: the text, what became of every provision, conflicts, notes and resolutions.

All of it can be written down as JSON. Nothing in it depends on the order in which sets were given.
"""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from engross.core.legaltext.provisions import Code, Inline, Provision, Table

ConflictKind = Literal[
    "text",
    "heading",
    "table",
    "marks",
    "cut",
    "number",
    "edit-deletion",
    "under-deleted",
    "destinations",
    "cycle",
    "inserted-number",
    "same-number",
    "document",
    "base",
]
OutcomeKind = Literal["one", "agreed", "combined", "conflict", "resolved"]
NoteKind = Literal[
    "reference-follows",
    "reference-moved",
    "reference-to-deleted",
    "term-twice",
    "number-set-aside",
    "number-twice",
    "id-set-aside",
    "place-set-aside",
    "falls-away",
]
Token = tuple[Literal["=", "-", "+"], str]


class _Record(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    pass


class Act(_Record, frozen=True):
    """What one change set does at one place.

    `key` names the place in the base, or in the set ('+1') for what it adds; `address` is for
    people. `tokens` mark its own change of a text: kept, taken away, put there.
    """

    change_set: str
    key: str
    address: str
    does: str
    tokens: tuple[Token, ...] = ()


class Side(_Record, frozen=True):
    """One of the things that cannot stand together: who wants it, and what it is.

    `text` is the wording, heading or number that taking this side gives; `provision` what is added.
    """

    change_sets: tuple[str, ...]
    acts: tuple[Act, ...]
    text: str | UnsetType | None = UNSET
    provision: Provision | UnsetType = UNSET


class Conflict(_Record, frozen=True):
    """What change sets do that cannot stand together, with all sides.

    `id` is made of kind, place and what the sides want, not of who wants it: the same conflict has
    the same id on every machine. `base` is what the base says there, None where it has nothing.
    """

    id: str
    kind: ConflictKind
    key: str
    address: str
    sides: tuple[Side, ...]
    base: str | None = None


class Given(_Record, frozen=True):
    """What a person puts instead of every side; only what is given is changed.

    `numbers` gives each change set's provision its number, where two would bear the same one;
    `provisions` stand instead of the ones that were added.
    """

    text: str | UnsetType = UNSET
    inlines: tuple[Inline, ...] = ()
    heading: str | UnsetType | None = UNSET
    table: Table | UnsetType | None = UNSET
    number: str | UnsetType = UNSET
    numbers: dict[str, str] = {}
    provisions: tuple[Provision, ...] = ()


class Resolution(_Record, frozen=True):
    """A person's answer to one conflict: a side, the base, or something given instead.

    `side` is the name of a change set on that side, or '2' for the second side.
    """

    conflict: str
    take: Literal["side", "base", "given"]
    by: str
    reason: str
    side: str = ""
    given: Given | UnsetType = UNSET

    def left_out_of(self, conflict: Conflict) -> set[Act]:
        """Return what the answer keeps out of the text; what is given instead keeps out nothing."""
        if self.take == "given":
            return set()
        taken = {
            act
            for place, side in enumerate(conflict.sides, start=1)
            if self.take == "side" and self.side in (str(place), *side.change_sets)
            for act in side.acts
        }
        return {act for side in conflict.sides for act in side.acts} - taken


class Outcome(_Record, frozen=True):
    """What became of a provision that at least one set speaks of."""

    key: str
    address: str
    kind: OutcomeKind
    change_sets: tuple[str, ...]


class Note(_Record, frozen=True):
    """Something that a person should know and that keeps no change out.

    `address` is where it is; `old` and `new` what was there and what is there now.
    """

    kind: NoteKind
    change_set: str
    address: str
    says: str
    old: str = ""
    new: str = ""


class Merged(_Record, frozen=True):
    """A release's text. What conflicts and is not resolved stands in it as in the base.

    `hash` is `text_hash` of the text. Provisions that no set speaks of have no outcome.
    """

    code: Code
    hash: str
    outcomes: tuple[Outcome, ...]
    conflicts: tuple[Conflict, ...]
    resolved: tuple[Conflict, ...]
    notes: tuple[Note, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is left to resolve."""
        return not self.conflicts


class ConflictsFile(_Record, frozen=True):
    """A merge's report without its text; `base` and `result` are `text_hash` of the texts."""

    base: str
    result: str
    change_sets: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    outcomes: tuple[Outcome, ...] = ()
    notes: tuple[Note, ...] = ()


class ResolutionsFile(_Record, frozen=True):
    """The answers to a merge's conflicts."""

    resolutions: tuple[Resolution, ...]
