"""Reading compositions: what the chosen change sets give together, conflicts and all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db.models import QuerySet

from engross.apps.legaltext.queries import documents_on
from engross.apps.releases.models import (
    ChangeSet,
    ChangeSetVersion,
    Composition,
    ConflictResolution,
)
from engross.apps.releases.queries.change_sets import base_of, change_set_of
from engross.core.legaltext.drafts_merged import Drafted, merge_drafted
from engross.core.legaltext.merging import Merged, Resolution
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code

_decoder = msgspec.json.Decoder(Resolution)


@dataclass(frozen=True)
class Composed:
    """A composition with its base and what the merge gives now."""

    composition: Composition
    base: Code
    merged: Merged


@dataclass(frozen=True)
class DocumentChanged:
    """A document that a composition changes; `before` is its version, '' for a new one."""

    name: str
    before: str
    is_gone: bool


def documents_changed(made: Composed) -> list[DocumentChanged]:
    """Return the documents that a composition changes, in the order of the new text."""
    old = {each.document: each for each in made.base.documents}
    new = {each.document: each for each in made.merged.code.documents}
    at = made.composition
    numbers = {
        each.name: each.number for each in documents_on(at.base_on, known_at=at.base_known_at)
    }
    return [
        DocumentChanged(name, numbers.get(name, ""), name not in new)
        for name in dict.fromkeys((*new, *old))
        if old.get(name) != new.get(name)
    ]


@dataclass(frozen=True)
class Decided:
    """What was decided about a conflict: in words, by whom, when and why."""

    says: str
    by: str
    at: datetime
    reason: str


def decisions_of(made: Composition) -> dict[int, Decided]:
    """Return the decisions that stand for a composition, by the row of their conflict."""
    rows = ConflictResolution.objects.filter(conflict__composition=made, superseded_at__isnull=True)
    return {
        row.conflict_id: Decided(_says(row), str(row.made_by or ""), row.made_at, row.reason)
        for row in rows.select_related("made_by").order_by("pk")
    }


def _says(row: ConflictResolution) -> str:
    said = _decoder.decode(row.payload)
    if said.take == "given":
        return "Own words"
    return f"As {said.side} has it" if said.take == "side" else "As it stood"


def chosen_in(made: Composition) -> list[ChangeSetVersion]:
    """Return the versions of change sets that a composition takes in, by name."""
    chosen = made.chosen.select_related("change_set__proposal", "base_version")
    return list(chosen.order_by("change_set__name"))


def names_in(made: Composition) -> list[str]:
    """Return the names of the change sets that a composition takes in."""
    chosen = made.chosen.order_by("change_set__name")
    return list(chosen.values_list("change_set__name", flat=True))


def classes_of(made: Composition) -> list[str]:
    """Return the classes of the change sets that a composition takes in, each once."""
    chosen = made.chosen.order_by("change_set__paper_class")
    return list(dict.fromkeys(chosen.values_list("change_set__paper_class", flat=True)))


def with_parts_left(made: Composition) -> set[str]:
    """Return the names of the proposals of which other parts go live later than these."""
    own = made.chosen.values("change_set")
    rows = ChangeSet.objects.filter(
        proposal__change_sets__in=own, published_in__isnull=True, part_of__isnull=False
    )
    left = rows.exclude(pk__in=own).order_by("proposal__label")
    return set(left.values_list("proposal__label", flat=True))


def proposals_in(made: Composition) -> list[str]:
    """Return the names of the proposals whose text a composition takes in, in order."""
    chosen = made.chosen.filter(change_set__proposal__isnull=False)
    found = chosen.order_by("change_set__proposal__key")
    return list(dict.fromkeys(found.values_list("change_set__proposal__label", flat=True)))


def compositions_of(release: str) -> QuerySet[Composition, Composition]:
    """Return the compositions of a release, the last one first."""
    found = Composition.objects.filter(release__key=release)
    return found.select_related("release", "base_version", "published_version").order_by("-number")


def resolutions_of(composition: Composition) -> list[Resolution]:
    """Return the decisions that stand for a composition, by conflict."""
    live = ConflictResolution.objects.filter(
        conflict__composition=composition, superseded_at__isnull=True
    )
    payloads = live.order_by("conflict__conflict").values_list("payload", flat=True)
    return [_decoder.decode(payload) for payload in payloads]


def composed(composition: Composition) -> Composed:
    """Return what a composition gives: the same text, with the same hash, every time.

    Raises Refused if its base cannot be had any more.
    """
    base = base_of(composition)
    chosen = composition.chosen.select_related("change_set").order_by("change_set__name")
    return Composed(composition, base, _decided(base, composition, list(chosen)))


def _decided(base: Code, composition: Composition, chosen: list[ChangeSetVersion]) -> Merged:
    """Return the merge with all decisions on conflicts that there still are.

    A decision may bring up a conflict, and another decision may let it vanish again: what was
    decided about it then waits.
    """
    waiting = resolutions_of(composition)
    used: list[Resolution] = []
    while True:
        merged = merged_on(base, composition.base_hash, chosen, used)
        found = {conflict.id for conflict in merged.conflicts}
        fitting = [each for each in waiting if each.conflict in found]
        if not fitting:
            return merged
        used += fitting
        waiting = [each for each in waiting if each.conflict not in found]


def merged_on(
    base: Code | Places,
    base_hash: str,
    chosen: Iterable[ChangeSetVersion],
    resolutions: Sequence[Resolution],
) -> Merged:
    """Return what versions of change sets give together on a base, whose hash is given.

    Those that were drafted on another text are carried over first; where that cannot be, it is a
    conflict with the base.
    """
    bases: dict[str, Code | None] = {base_hash: None}
    sets = []
    for each in chosen:
        if each.base_hash not in bases:
            bases[each.base_hash] = base_of(each)
        sets.append(Drafted(change_set_of(each), bases[each.base_hash]))
    return merge_drafted(base, sets, resolutions)
