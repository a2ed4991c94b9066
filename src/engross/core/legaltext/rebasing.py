"""Carry a change set over to a newer base: as it would be drafted there, or why it cannot be.

What the base has become since is a change set too. The two are merged as the sets of two proposals
would be; what the merge gives is what the rebased set makes of the newer base.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from typing import Literal

from msgspec.structs import replace

from engross.core.legaltext.aligned import NONE, Aligned
from engross.core.legaltext.change_sets import ChangeSet, Identify
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.changing.ids import bearing
from engross.core.legaltext.changing.links import Links
from engross.core.legaltext.following import followed
from engross.core.legaltext.merging.releasing import Traced, merge_traced
from engross.core.legaltext.merging.results import Conflict, Note, Resolution
from engross.core.legaltext.places import Places
from engross.core.refusals import Reason

SHOWN = 120
MOST_ROUNDS = 50


@dataclass(frozen=True)
class Obstacle:
    """Why operations cannot be carried over: what they do, and what stands there now.

    `operations` count from 0; `kind` is that of the conflict between the set and the newer base.
    """

    operations: tuple[int, ...]
    kind: str
    what: str
    found: str

    def reason(self, name: str) -> Reason:
        """Return it for a person, `name` being the change set's."""
        counted = ", ".join(str(at + 1) for at in self.operations)
        return Reason(
            f"{name}, operation {counted}: {self.what}, but {self.found}",
            "Draft it anew on the newer base, or leave it out",
        )


@dataclass(frozen=True)
class Rebased:
    """A change set on a newer base, with what could not be carried over left out.

    `notes` say what a person should know of what was. A set whose every operation has been made
    in the newer base already is empty.
    """

    change_set: ChangeSet
    obstacles: tuple[Obstacle, ...]
    notes: tuple[Note, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all of the set was carried over."""
        return not self.obstacles


def rebase(change_set: ChangeSet, aligned: Aligned, *, base_version: str = "") -> Rebased:
    """Return a change set as it would be drafted on a newer base.

    `aligned` is the base it was drafted on and the newer one; `base_version` names the newer one.
    Raises Refused where the set does not fit the base it says it was drafted on.
    """
    since = changes_from(aligned, f"what has changed since {change_set.change_set}")
    resolutions: list[Resolution] = []
    obstacles: list[Obstacle] = []
    for _ in range(MOST_ROUNDS):
        traced = merge_traced(aligned.old, [change_set, since], resolutions)
        if traced.merged.complete:
            break
        obstacles.extend(_obstacles(traced, change_set, aligned))
        resolutions.extend(_for_the_base(traced, change_set))
    else:
        raise ValueError(f"{change_set.change_set} conflicts without end")
    rebased = changes_from(_on_newer(traced, change_set, since, aligned), change_set.change_set)
    return Rebased(
        replace(
            change_set,
            operations=rebased.operations,
            base=rebased.base,
            result=rebased.result,
            base_version=base_version,
        ),
        tuple(obstacles),
        tuple(note for note in traced.merged.notes if note.change_set != since.change_set),
    )


def _for_the_base(traced: Traced, own: ChangeSet) -> Iterator[Resolution]:
    """Yield that the newer base stands where it is in conflict with the set."""
    for conflict in traced.merged.conflicts:
        others = [
            str(count)
            for count, side in enumerate(conflict.sides, start=1)
            if own.change_set not in side.change_sets
        ]
        take: Literal["side", "base"] = "side" if others else "base"
        reason = "The newer base stands"
        yield Resolution(conflict.id, take, "rebase", reason, "".join(others[:1]))


def _obstacles(traced: Traced, change_set: ChangeSet, aligned: Aligned) -> Iterator[Obstacle]:
    by = traced.sets.index(change_set)
    for conflict in traced.merged.conflicts:
        operations = tuple(ref.at for ref in traced.refs[conflict.id] if ref.by == by)
        does = "; ".join(
            f"at {act.address} it {act.does}"
            for side in conflict.sides
            for act in side.acts
            if act.change_set == change_set.change_set
        )
        yield Obstacle(operations, conflict.kind, does, _found(conflict, change_set, aligned))


def _found(conflict: Conflict, change_set: ChangeSet, aligned: Aligned) -> str:
    """Return what stands in the newer base where a conflict is."""
    node = aligned.old.find(conflict.key)
    now = NONE if node is None else aligned.new_of[node]
    others = [
        act.does
        for side in conflict.sides
        for act in side.acts
        if act.change_set != change_set.change_set
    ]
    does = f"the newer base {'; '.join(others)}" if others else "the newer base differs"
    if now == NONE:
        return does
    provision, where = aligned.new.provisions[now], aligned.new.shown(now)
    if provision is None:
        return f"{does}: {where}"
    text = provision.text
    short = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return f"{does}: {where} now reads {short!r}"


def _on_newer(traced: Traced, change_set: ChangeSet, since: ChangeSet, aligned: Aligned) -> Aligned:
    """Return the newer base and what the merge gives, with the pairs between them."""
    draft = traced.draft
    origins = {old: new for old, new in enumerate(aligned.new_of) if new != NONE}
    theirs = draft.voices[traced.sets.index(since)]
    for new, name in Links(aligned).added.names.items():
        if name in theirs.nodes:
            origins[theirs.nodes[name]] = new
    by = traced.sets.index(change_set)
    found = followed(aligned.new, draft, traced.merged.code, origins, [(by, change_set.operations)])
    identified = {
        origins.get(draft.voices[by].node(operation.key, draft.places))
        for operation in change_set.operations
        if isinstance(operation, Identify)
    }
    return _with_ids_of_base(found, identified)


def _with_ids_of_base(aligned: Aligned, identified: Container[int | None]) -> Aligned:
    """Leave without an id what has none in the newer base and gets none from the set itself."""
    old, new = aligned.old, aligned.new
    ids = [
        None
        if provision is None
        or (before != NONE and before not in identified and old.provision(before).id is None)
        else provision.id
        for provision, before in zip(new.provisions, aligned.old_of, strict=True)
    ]
    code = bearing(new, ids)
    return aligned if code is new.code else dataclass_replace(aligned, new=Places(code))
