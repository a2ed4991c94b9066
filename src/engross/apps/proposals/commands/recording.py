"""What a move writes into the registers, and how it is taken back."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.proposals.models import Assessment, HoldSpell, Proposal, ProposalDetails
from engross.apps.proposals.queries.courses import URGENT
from engross.apps.proposals.registers import (
    assessments,
    decisions,
    proposal_holds,
    proposal_stages,
    proposals,
)
from engross.apps.proposals.registers.moved import ON_HOLD
from engross.apps.registers.commands import correct_entry, record_entry, withdraw_entry
from engross.apps.registers.models import RecordedRow
from engross.apps.registers.queries import active_code
from engross.apps.registers.registers import RECORDED, Register, register_named
from engross.core.proposals.framework.rules import MoveRule
from engross.core.registers.columns import Kind, Value

Note = dict[str, Any]


@dataclass
class Records:
    """The entries that one move writes, each noted so that it can be taken back.

    `basis` is what they rest on: a proposal that is made up has no facts.
    """

    proposal: Proposal
    by: User
    at: datetime
    reason: str
    done: str
    basis: str
    notes: list[Note] = field(default_factory=list)

    def record(self, register: Register, **values: Value) -> None:
        """Add an entry about the proposal."""
        entry = record_entry(
            register, filled(register, {"proposal": self.proposal.key, "basis": self.basis,
                               **values}),
            by=self.by, at=self.at, reason=self.reason,
        )  # fmt: skip
        self.notes.append({"register": register.name, "entry": str(entry), "before": None})

    def correct(self, register: Register, row: RecordedRow, **values: Value) -> None:
        """Correct an entry; nothing is done if it says so already."""
        before = values_of(register, row)
        if all(before[name] == value for name, value in values.items()):
            return
        correct_entry(
            register, row.entry, {**before, **values}, by=self.by, at=self.at,
            reason=self.reason or self.done,
        )  # fmt: skip
        kept = {name: _as_json(before[name]) for name in values}
        self.notes.append({"register": register.name, "entry": str(row.entry), "before": kept})


def filled(register: Register, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return values for every column of a register: these, and what is left empty."""
    empty: dict[str, Value] = {column.name: column.default for column in register.all_columns}
    return {**empty, "basis": RECORDED, **values}


def values_of(register: Register, row: RecordedRow) -> dict[str, Value]:
    """Return what a row holds, as an import would have read it."""
    found: dict[str, Value] = {}
    for column in register.all_columns:
        value = getattr(row, column.name)
        is_identity = column.refers_to or column.identifies
        found[column.name] = value.key if is_identity and value is not None else value
        if found[column.name] == "":
            found[column.name] = None
    return found


def _as_json(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def write_move(
    records: Records, move: MoveRule, *, on: date, stage: str, body: str, changes: dict[str, Value]
) -> None:
    """Write what a move means into the registers: stage, decision, assessment, hold.

    `changes` are those of what the proposal is: its route, its Proposer.
    """
    told = records.reason[:300]
    if stage:
        records.record(proposal_stages, stage=stage, moved_on=on, body=body or None,
                       note=told or None)  # fmt: skip
    if move.outcome:
        records.record(decisions, body=body or None, decided_on=on, outcome=move.outcome,
                       note=told or None)  # fmt: skip
    if move.assessment:
        _write_assessment(records, move, on)
    if ON_HOLD in move.sets:
        records.record(proposal_holds, held_from=on, ground=told or None)
    elif ON_HOLD in move.clears:
        _end_hold(records, on)
    _write_details(records, move, changes)


def _write_assessment(records: Records, move: MoveRule, on: date) -> None:
    own = Assessment.objects.known_at(None).filter(proposal=records.proposal, kind=move.assessment)
    last = own.order_by("-sequence").first()
    if move.assessment_event == "accepted":
        code = active_code()
        kind = code.option("assessment_kinds", move.assessment)
        target = int(str(code.parameter(kind.text("target_parameter"), on=on)))
        convention = str(code.parameter("deadline_count_convention", on=on))
        records.record(
            assessments, kind=move.assessment, sequence=last.sequence + 1 if last else 1,
            accepted_on=on, target_working_days=target, convention=convention,
        )  # fmt: skip
    elif move.assessment_event == "returned" and last is not None:
        records.correct(assessments, last, returned_on=on)


def _end_hold(records: Records, on: date) -> None:
    spells = HoldSpell.objects.known_at(None).filter(proposal=records.proposal)
    if spell := spells.filter(held_until__isnull=True).order_by("-held_from").first():
        records.correct(proposal_holds, spell, held_until=on)


def _write_details(records: Records, move: MoveRule, changes: dict[str, Value]) -> None:
    if URGENT in move.sets:
        changes["is_urgent"] = True
    elif URGENT in move.clears:
        changes["is_urgent"] = False
    if changes:
        row = ProposalDetails.objects.known_at(None).get(proposal=records.proposal)
        records.correct(proposals, row, **changes)


def take_back(notes: list[Note], *, by: User, at: datetime, reason: str) -> None:
    """Withdraw the entries that a move added, and correct back what it corrected in others.

    What somebody corrected there since, and the move did not write, stays.
    """
    for note in reversed(notes):
        register, entry = register_named(note["register"]), uuid.UUID(note["entry"])
        if note["before"] is None:
            withdraw_entry(register, entry, by=by, at=at, reason=reason)
        else:
            row = register.model.objects.known_at(None).get(entry=entry)
            now = values_of(register, row)
            back = {**now, **_from_json(register, note["before"])}
            if back != now:
                correct_entry(register, entry, back, by=by, at=at, reason=reason)


def _from_json(register: Register, values: Mapping[str, Any]) -> dict[str, Value]:
    days = {column.name for column in register.all_columns if column.kind is Kind.DAY}
    return {
        name: date.fromisoformat(value) if name in days and value else value
        for name, value in values.items()
    }
