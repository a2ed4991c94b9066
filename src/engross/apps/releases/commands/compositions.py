"""Composing a release: chosen change sets on one base, their conflicts, and the decisions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Greatest
from django.urls import reverse
from msgspec import UNSET, UnsetType

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.audit.models import Event
from engross.apps.notices.commands import send_notice
from engross.apps.releases.commands.findings import (
    note_findings,
    refuse_published,
    take_over_acceptances,
)
from engross.apps.releases.models import (
    ChangeSetVersion,
    Composition,
    CompositionConflict,
    ConflictResolution,
    Release,
)
from engross.apps.releases.queries import Composed, composed, latest_version, proposals_in
from engross.apps.releases.queries.bases import base_for
from engross.apps.releases.queries.compositions import merged_on
from engross.core.legaltext.merging import Conflict, Given, Merged, Resolution
from engross.core.refusals import Reason, Refused
from engross.core.registers.addresses import address_of

COMPOSED = "release-composed"
_decoder = msgspec.json.Decoder(Resolution)


@transaction.atomic
def compose_release(
    release: str,
    change_sets: Sequence[str],
    *,
    base_version: str,
    by: User | None,
    at: datetime,
    note: str = "",
) -> Composition:
    """Put the latest versions of change sets together for a release, and note their conflicts.

    They are put into the text of `base_version`; a set that was drafted on another is carried
    over, and where that cannot be, it is in conflict with the base. Decisions on the same conflicts
    in the composition before are taken over. Raises Refused if the release, a set or the version
    is unknown, or a set is published.
    """
    row = Release.objects.select_for_update().filter(key=release).first()
    if row is None:
        raise Refused(Reason(f"There is no release {release}", "Record the release first"))
    chosen = _chosen(change_sets)
    before = Composition.objects.filter(release=row).order_by("-number").first()
    base = base_for(base_version, at=at)
    columns = base.columns()
    merged = merged_on(base.code, columns["base_hash"], chosen, [])
    made = Composition.objects.create(
        release=row, number=(before.number if before else 0) + 1, made_at=at, made_by=by,
        note=note, result_hash=merged.hash, conflicts_left=len(merged.conflicts), **columns,
    )  # fmt: skip
    made.chosen.set(chosen)
    _note_conflicts(made, merged.conflicts, at=at)
    note_findings(Composed(made, base.code, merged), at=at)
    made.save(update_fields=["findings_left"])
    if before is not None:
        _take_over(before, made)
        take_over_acceptances(before, made)
        made.save(update_fields=["findings_left"])
    details = {"change_sets": {each.change_set.name: each.number for each in chosen},
               "conflicts": len(merged.conflicts), "hash": made.result_hash}  # fmt: skip
    cause = record_event(action="release.compose", subject=f"releases/{release}", by=by, at=at,
                         reason=note, details=details)  # fmt: skip
    _tell(made, at=at, cause=cause)
    return made


def _tell(made: Composition, *, at: datetime, cause: Event) -> None:
    """Tell that a release is put together: the first time, and not each time it is done anew."""
    details = made.release.details.filter(superseded_at__isnull=True).first()
    send_notice(
        COMPOSED, about=made.release.label, at=at, cause=cause,
        once=f"{COMPOSED}/{made.release_id}",
        link=reverse("releases:release", args=[address_of(made.release.key)]),
        context={"in_force_on": details.released_on if details else None,
                 "proposals": ", ".join(proposals_in(made))},
    )  # fmt: skip


def unknown_change_set(name: str) -> Reason:
    """Return the reason against a change set that is not there, for all that is to be known."""
    return Reason(f"There is no change set {name}", "Save it first, or leave it out")


def _chosen(names: Sequence[str]) -> list[ChangeSetVersion]:
    if not names:
        raise Refused(Reason("No change set is chosen", "Choose at least one"))
    found = {name: latest_version(name) for name in dict.fromkeys(names)}
    reasons = [unknown_change_set(name) for name, version in found.items() if version is None]
    chosen = [version for version in found.values() if version is not None]
    for each in chosen:
        if each.change_set.published_in_id:
            what = f"{each.change_set} is published in version {each.change_set.published_in}"
            reasons.append(Reason(what, "Leave it out"))
        if each.change_set.parted_at:
            what = f"{each.change_set} is parted into tranches"
            reasons.append(Reason(what, "Choose its parts instead"))
    if reasons:
        raise Refused(reasons)
    return chosen


def _note_conflicts(made: Composition, conflicts: Iterable[Conflict], *, at: datetime) -> None:
    """Add the conflicts that were not found before; those that are known stay as found."""
    known = set(made.conflicts.values_list("conflict", flat=True))
    CompositionConflict.objects.bulk_create(
        CompositionConflict(
            composition=made, conflict=each.id, kind=each.kind, address=each.address[:300],
            payload=msgspec.json.encode(each).decode(), found_at=at,
        )
        for each in conflicts
        if each.id not in known
    )  # fmt: skip


def _take_over(before: Composition, made: Composition) -> None:
    """Let decisions of the composition before stand where the very same conflict is found.

    A decision may bring up conflicts of its own, so that one round may lead to another.
    """
    earlier = ConflictResolution.objects.filter(
        conflict__composition=before, superseded_at__isnull=True
    ).select_related("conflict")
    waiting = {each.conflict.conflict: each for each in earlier}
    while True:
        found = [each for each in made.conflicts.order_by("pk") if each.conflict in waiting]
        if not found:
            return
        for conflict in found:
            taken = waiting.pop(conflict.conflict)
            if _names_known_sides(conflict, taken):
                ConflictResolution.objects.create(
                    conflict=conflict, payload=taken.payload, reason=taken.reason,
                    made_at=taken.made_at, made_by=taken.made_by,
                )  # fmt: skip
        _settle(made, at=made.made_at)


def _names_known_sides(conflict: CompositionConflict, taken: ConflictResolution) -> bool:
    """Say whether the side that was chosen then is a side now."""
    said = _decoder.decode(taken.payload)
    if said.take != "side":
        return True
    sides = msgspec.json.decode(conflict.payload, type=Conflict).sides
    return any(said.side in side.change_sets for side in sides)


@transaction.atomic
def resolve_conflict(
    composition: int,
    conflict: str,
    *,
    take: Literal["side", "base", "given"],
    reason: str,
    by: User,
    at: datetime,
    side: str = "",
    given: Given | UnsetType = UNSET,
) -> Composition:
    """Decide a conflict of a composition: for a side, for the base, or for something given.

    `side` names a change set on the side chosen. A decision that was made before is superseded,
    and kept. Raises Refused without a reason, if there is no such conflict, if the decision does
    not fit it, or if the composition is published.
    """
    made = Composition.objects.select_for_update().get(pk=composition)
    refuse_published(made)
    if not reason.strip():
        raise Refused(Reason("A decision needs a reason", "Say why it is decided so"))
    row = made.conflicts.filter(conflict=conflict).first()
    if row is None:
        what = f"{made} has no conflict {conflict}"
        raise Refused(Reason(what, "Look at its conflicts again"))
    # Not the name: that is kept where it can be erased.
    said = Resolution(conflict, take, f"user {by.pk}", reason, side, given)
    # Of two at once, the one who waited may have asked first.
    ends = Greatest(Value(at, output_field=DateTimeField()), F("made_at"))
    row.resolutions.filter(superseded_at__isnull=True).update(superseded_at=ends)
    ConflictResolution.objects.create(
        conflict=row, payload=msgspec.json.encode(said).decode(), reason=reason, made_at=at,
        made_by=by,
    )  # fmt: skip
    merged = _settle(made, at=at)
    details = {"conflict": conflict, "take": take, "side": side, "left": len(merged.conflicts)}
    record_event(action="release.resolve", subject=f"releases/{made.release}", by=by, at=at,
                 reason=reason, details=details)  # fmt: skip
    return made


def _settle(made: Composition, *, at: datetime) -> Merged:
    """Merge anew with the decisions that stand, and note what is left and what is new."""
    result = composed(made)
    merged = result.merged
    _note_conflicts(made, merged.conflicts, at=at)
    made.result_hash, made.conflicts_left = merged.hash, len(merged.conflicts)
    note_findings(result, at=at)
    made.save(update_fields=["result_hash", "conflicts_left", "findings_left"])
    return merged
