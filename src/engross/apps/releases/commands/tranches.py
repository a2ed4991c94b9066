"""Tranches: the parts of a proposal's text, and how sure the implementation of each is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.proposals.models import Proposal
from engross.apps.registers.commands import correct_entry, record_entry
from engross.apps.registers.queries import active_code, values_of
from engross.apps.registers.registers import register_named
from engross.apps.releases.commands.change_sets import add_version
from engross.apps.releases.models import ChangeSet, ChangeSetVersion, Composition, Tranche
from engross.apps.releases.queries import base_of, change_set_of, latest_version
from engross.apps.releases.queries.bases import Base
from engross.core.codes.codes import Option
from engross.core.legaltext.places import Places
from engross.core.refusals import Reason, Refused
from engross.core.releases.tranches import parted


def part_change_set(
    name: str, tranche_of: Sequence[int], *, seen: int, by: User, at: datetime, note: str = ""
) -> list[ChangeSetVersion]:
    """Part a change set into tranches, each a change set of its own, and return their versions.

    `tranche_of` gives each of its bundles (`core.releases.tranches`) the number of its tranche;
    `seen` is the version whose bundles the person saw. The whole is no longer open. Raises
    Refused where a part cannot stand alone, or the whole is published, parted or saved anew.
    """
    try:
        with transaction.atomic():
            return _parted(name, tranche_of, seen=seen, by=by, at=at, note=note)
    except IntegrityError as error:
        what = f"Somebody else parted {name} at this moment"
        raise Refused(Reason(what, "Look at its parts")) from error


def _parted(
    name: str, tranche_of: Sequence[int], *, seen: int, by: User, at: datetime, note: str
) -> list[ChangeSetVersion]:  # fmt: skip
    whole = ChangeSet.objects.select_for_update().filter(name=name).first()
    latest = latest_version(name)
    if whole is None or latest is None:
        raise Refused(Reason(f"There is no change set {name}", "Save it first"))
    if reasons := _reasons_against_parting(whole, latest, seen=seen):
        raise Refused(reasons)
    numbers = sorted(set(tranche_of))
    base = Base(latest.base_version, latest.base_on, latest.base_known_at, base_of(latest))
    names = {number: f"{name}-part-{number}" for number in numbers}
    sets = parted(Places(base.code), change_set_of(latest), tranche_of, names)
    made = [
        add_version(
            ChangeSet.objects.create(
                name=each.change_set, title=f"{whole.title}, part {number}".removeprefix(", "),
                proposal=whole.proposal, paper_class=whole.paper_class, part_of=whole,
                tranche=number,
            ),
            each, base, number=1, by=by, at=at, note=note,
        )
        for number, each in zip(numbers, sets, strict=True)
    ]  # fmt: skip
    whole.parted_at = at
    whole.save(update_fields=["parted_at"])
    details = {"version": latest.number, "parts": [each.change_set.name for each in made]}
    record_event(action="change-set.part", subject=f"change-sets/{name}", by=by, at=at,
                 reason=note, details=details)  # fmt: skip
    return made


def _reasons_against_parting(
    whole: ChangeSet, latest: ChangeSetVersion, *, seen: int
) -> list[Reason]:
    reasons = []
    if whole.published_in_id:
        what = f"{whole} is published in version {whole.published_in}"
        reasons.append(Reason(what, "Draft what else is to change as another change set"))
    if whole.parted_at:
        reasons.append(Reason(f"{whole} is parted already", "Look at its parts"))
    if whole.part_of_id:
        what = f"{whole} is a part of {whole.part_of}"
        reasons.append(Reason(what, "A part is not parted again: draft its text anew"))
    if latest.number != seen:
        what = f"Somebody else saved version {latest.number} of {whole} since you opened it"
        reasons.append(Reason(what, "Look at what changed, and part it then"))
    return reasons


def tranches_published(
    made: Composition, *, effective_on: date, by: User | None, at: datetime
) -> None:
    """Record of every proposal in a composition in which version this part of it comes, and when.

    The caller holds the transaction.
    """
    reason = f"Published in version {made.published_version}"
    for proposal, sequence in _parts_in(made):
        set_tranche(
            proposal, sequence, by=by, at=at, reason=reason, state=approved_state(),
            release=made.release.key, version=str(made.published_version),
            implemented_on=effective_on,
        )  # fmt: skip


def tranches_withdrawn(made: Composition, *, by: User, at: datetime, reason: str) -> None:
    """Record of every proposal in a composition that its version is taken back.

    The caller holds the transaction.
    """
    for proposal, sequence in _parts_in(made):
        set_tranche(
            proposal, sequence, by=by, at=at, reason=reason, state=approved_state(),
            version=None, implemented_on=None,
        )  # fmt: skip


def set_tranche(
    proposal: Proposal, sequence: int, *, by: User | None, at: datetime, reason: str, **said: Any
) -> None:  # fmt: skip
    """Say something of a proposal's part in its register; what it says already stays."""
    register = register_named("proposal-tranches")
    row = Tranche.objects.known_at(None).filter(proposal=proposal, sequence=sequence).first()
    if row is None:
        empty = {column.name: column.default for column in register.all_columns}
        values = {**empty, "proposal": proposal.key, "sequence": sequence, **said}
        record_entry(register, values, by=by, at=at, reason=reason)
        return
    before = {**values_of(register, row), "proposal": proposal.key}
    if {**before, **said} != before:
        correct_entry(register, row.entry, {**before, **said}, by=by, at=at, reason=reason)


def lock_tranches(made: Composition) -> None:
    """Lock what is said of the parts in a composition, before the chain of events is held."""
    proposals = made.chosen.values("change_set__proposal")
    rows = Tranche.objects.known_at(None).filter(proposal__in=proposals)
    list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))


def _parts_in(made: Composition) -> Iterable[tuple[Proposal, int]]:
    chosen = made.chosen.select_related("change_set__proposal").order_by("change_set__name")
    parts = {
        (each.change_set.proposal, each.change_set.tranche or 1)
        for each in chosen
        if each.change_set.proposal
    }
    return sorted(parts, key=lambda part: (part[0].key, part[1]))


def approved_state() -> str:
    """Return the surest state of a part that has not gone live."""
    return max(_states(is_done=False), key=lambda each: each.number("order")).key


def done_state() -> str:
    """Return the state of a part that has gone live."""
    return _states(is_done=True)[0].key


def _states(*, is_done: bool) -> list[Option]:
    states = active_code().options("tranche_states")
    return [each for each in states if each.flag("is_done") == is_done]
