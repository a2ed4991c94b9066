"""Saving a change set: each time a new version, and none on top of what its editor has not seen."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import msgspec
from django.db import IntegrityError, transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.proposals.queries import proposal_called
from engross.apps.releases.models import ChangeSet, ChangeSetVersion
from engross.apps.releases.queries import base_of, change_set_of, latest_version
from engross.apps.releases.queries.bases import Base, base_for
from engross.core.legaltext.aligning import align_places
from engross.core.legaltext.applying import apply
from engross.core.legaltext.change_sets import ChangeSet as Said
from engross.core.legaltext.change_sets import Operation
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.identifying_sets import on_identified
from engross.core.legaltext.merging import Conflict, merge
from engross.core.legaltext.places import Places
from engross.core.refusals import Reason, Refused


class ChangedMeanwhile(Refused):
    """Somebody else saved the change set since its editor opened it.

    `added` and `gone` are the operations by which the latest version differs from the one that
    was seen. `merged` is what both together give, to be saved with `seen` as the latest version;
    it is None where they conflict: then `conflicts` says where, with both sides.
    """

    def __init__(
        self,
        reason: Reason,
        *,
        latest: ChangeSetVersion,
        added: tuple[Operation, ...],
        gone: tuple[Operation, ...],
        merged: Said | None,
        conflicts: tuple[Conflict, ...],
    ) -> None:
        super().__init__(reason)
        self.latest, self.added, self.gone = latest, added, gone
        self.merged, self.conflicts = merged, conflicts


def save_change_set(
    name: str,
    change_set: Said,
    *,
    base_version: str,
    by: User | None,
    at: datetime,
    seen: int | None = None,
    proposal: str = "",
    title: str = "",
    note: str = "",
) -> ChangeSetVersion:
    """Save a change set as the next version of what bears its name, and return that version.

    `seen` is the number of the version that the editor saw, None for a set that is new. The set
    may name provisions by id or by address; it is kept by id.

    Raises Refused if the set does not fit the text of `base_version`, if nothing would change, or
    if it is published; ChangedMeanwhile if somebody else saved it since it was seen.
    """
    try:
        with transaction.atomic():
            kept = _kept(name, proposal=proposal, title=title or change_set.title)
            return _save(kept, change_set, base_for(base_version, at=at), by=by, at=at,
                         seen=seen, note=note)  # fmt: skip
    except IntegrityError as error:
        what = f"Somebody else saved {name} at this moment"
        raise Refused(Reason(what, "Open it again and save once more")) from error


def _kept(name: str, *, proposal: str, title: str) -> ChangeSet:
    """Return the change set, locked; a new one if there is none."""
    found = ChangeSet.objects.select_for_update().filter(name=name).first()
    if found is not None:
        if found.published_in_id:
            what = f"{name} is published in version {found.published_in}"
            raise Refused(Reason(what, "Draft what else is to change as another change set"))
        if found.parted_at:
            raise Refused(Reason(f"{name} is parted into tranches", "Change one of its parts"))
        return found
    raised = proposal_called(proposal) if proposal else None
    if proposal and raised is None:
        what = f"There is no proposal {proposal}"
        raise Refused(Reason(what, "Raise it first, or save the text without a proposal"))
    return ChangeSet.objects.create(name=name, title=title, proposal=raised)


def _save(
    kept: ChangeSet, change_set: Said, base: Base, *, by: User | None, at: datetime,
    seen: int | None, note: str,
) -> ChangeSetVersion:  # fmt: skip
    said, aligned = on_identified(Places(base.code), change_set)
    said = msgspec.structs.replace(
        said, change_set=kept.name, base_version=base.version.key, title=kept.title
    )
    latest = latest_version(kept.name)
    if (latest.number if latest else None) != seen:
        raise _changed_meanwhile(kept.name, said, base, latest=latest, seen=seen)
    if latest is not None and latest.payload == msgspec.json.encode(said).decode():
        raise Refused(Reason("Nothing would change", "Change the text, or leave the page"))
    number = (latest.number if latest else 0) + 1
    made = add_version(kept, said, base, number=number, by=by, at=at, note=note)
    details = {"version": made.number, "base": base.version.key, "hash": made.hash,
               "operations": len(said.operations), "provisions": len(aligned.new)}  # fmt: skip
    record_event(action="change-set.save", subject=f"change-sets/{kept.name}", by=by, at=at,
                 reason=note, details=details)  # fmt: skip
    return made


def add_version(
    kept: ChangeSet, said: Said, base: Base, *, number: int, by: User | None, at: datetime,
    note: str,
) -> ChangeSetVersion:  # fmt: skip
    """Add a version to a change set, as canonical JSON; the caller holds it locked."""
    payload = msgspec.json.encode(said).decode()
    return ChangeSetVersion.objects.create(
        change_set=kept, number=number, payload=payload,
        hash=hashlib.sha256(payload.encode()).hexdigest(), result_hash=said.result,
        made_at=at, made_by=by, note=note, **base.columns(),
    )  # fmt: skip


def _changed_meanwhile(
    name: str, mine: Said, base: Base, *, latest: ChangeSetVersion | None, seen: int | None
) -> Refused:
    """Return the refusal of the second of two, with what the first changed and a way to merge."""
    if latest is None:
        what = f"There is no version {seen} of {name}"
        return Refused(Reason(what, "Save it as a new change set"))
    theirs = change_set_of(latest)
    before = latest.change_set.versions.filter(number=seen).first() if seen else None
    common = change_set_of(before) if before else msgspec.structs.replace(theirs, operations=())
    is_one_base = base.columns()["base_hash"] == latest.base_hash and (
        before is None or before.base_hash == latest.base_hash
    )
    merged, conflicts = (
        _merged(Places(base_of(latest)), common, theirs, mine) if is_one_base else (None, ())
    )
    who = latest.made_by or "Somebody else"
    what = f"{who} saved version {latest.number} of {name} since you opened it"
    remedy = "Look at what changed, and save both together" if merged else (
        "Look at what changed, and decide where you differ")  # fmt: skip
    return ChangedMeanwhile(
        Reason(what, remedy),
        latest=latest,
        added=_without(theirs.operations, common.operations),
        gone=_without(common.operations, theirs.operations),
        merged=merged,
        conflicts=conflicts,
    )


def _without(operations: Iterable[Operation], others: Iterable[Operation]) -> tuple[Operation, ...]:
    listed = list(others)
    return tuple(each for each in operations if each not in listed)


def _merged(
    base: Places, common: Said, theirs: Said, mine: Said
) -> tuple[Said | None, tuple[Conflict, ...]]:
    """Return what two edits of one change set give together, or where they conflict.

    What each did to the common version is a change set too, and the two merge as any.
    """
    texts = [apply(base, each).code for each in (common, theirs, mine)]
    start, first, second = map(Places, texts)
    sides = [
        changes_from(align_places(start, first), "the version saved meanwhile"),
        changes_from(align_places(start, second), "your version"),
    ]
    found = merge(start, sides)
    if not found.complete:
        return None, found.conflicts
    said = changes_from(align_places(base, Places(found.code)), mine.change_set)
    return msgspec.structs.replace(
        mine, operations=said.operations, base=said.base, result=said.result
    ), ()
