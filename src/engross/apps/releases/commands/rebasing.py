"""Carrying open change sets over to a new version of the code."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.releases.commands.change_sets import add_version
from engross.apps.releases.models import ChangeSet, ChangeSetVersion
from engross.apps.releases.queries import latest_versions, rebased_onto
from engross.apps.releases.queries.bases import Base, base_for
from engross.core.legaltext.places import Places
from engross.core.legaltext.rebasing import Rebased
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class RebaseOutcome:
    """What became of an open change set: its new version, or why it has none."""

    change_set: str
    version: int | None
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()


@transaction.atomic
def rebase_change_set(
    name: str, base_version: str, *, by: User | None, at: datetime
) -> RebaseOutcome:
    """Carry one open change set over to the text of a version, as a new version of it.

    The outcome says why where it cannot be carried over whole. Raises Refused if there is no such
    open set, if it stands on that text already, or if the version has no text.
    """
    base = base_for(base_version, at=at)
    ChangeSet.objects.select_for_update().filter(name=name).first()
    latest = next((each for each in latest_versions() if each.change_set.name == name), None)
    if latest is None:
        raise Refused(Reason(f"There is no open change set {name}", "Name one that is open"))
    if latest.base_hash == base.columns()["base_hash"]:
        what = f"{name} is drafted on the text of version {base_version} already"
        raise Refused(Reason(what, "Leave it as it is"))
    return _carried(latest, base, Places(base.code), by=by, at=at)


@transaction.atomic
def rebase_open_sets(base_version: str, *, by: User | None, at: datetime) -> list[RebaseOutcome]:
    """Carry every open change set over to the text of a version; each is a new version of it.

    A set that cannot be carried over whole stays as it is, and the outcome says why. One that
    stands on that text already is left out. Raises Refused if the version has no text.
    """
    base = base_for(base_version, at=at)
    base_hash = base.columns()["base_hash"]
    listed = [each for each in latest_versions() if each.base_hash != base_hash]
    locked = ChangeSet.objects.filter(pk__in=[each.change_set_id for each in listed])
    len(locked.select_for_update().order_by("pk"))
    new = Places(base.code)
    return [_carried(each, base, new, by=by, at=at) for each in listed]


def _carried(
    version: ChangeSetVersion, base: Base, new: Places, *, by: User | None, at: datetime
) -> RebaseOutcome:
    name = version.change_set.name
    try:
        found = rebased_onto(version, base, new)
    except Refused as refused:
        return RebaseOutcome(name, None, refused.reasons)
    if not found.complete:
        return RebaseOutcome(name, None, tuple(each.reason(name) for each in found.obstacles))
    number = _saved(version, found, base, by=by, at=at)
    return RebaseOutcome(name, number, notes=tuple(note.says for note in found.notes))


def _saved(
    version: ChangeSetVersion, found: Rebased, base: Base, *, by: User | None, at: datetime
) -> int:
    note = f"Rebased from {version.base_version} onto {base.version}"
    made = add_version(
        version.change_set, found.change_set, base, number=version.number + 1, by=by, at=at,
        note=note,
    )  # fmt: skip
    record_event(action="change-set.rebase", subject=f"change-sets/{version.change_set}", by=by,
                 at=at, reason=note, details={"version": made.number})  # fmt: skip
    return made.number
