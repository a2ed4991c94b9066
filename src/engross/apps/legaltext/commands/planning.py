"""What is to be written so that storage reads as a text does from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from engross.apps.accounts.models import User
from engross.apps.legaltext.commands.identifying import (
    Identified,
    identified_in,
    refuse_standing_elsewhere,
)
from engross.apps.legaltext.commands.numbering import Head, head_changes
from engross.apps.legaltext.commands.standing import Stored, stored_for
from engross.apps.legaltext.models import Document
from engross.core.legaltext.dating import Redating, redating
from engross.core.legaltext.identities import identified
from engross.core.legaltext.placements import Placed, placed
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Provision
from engross.core.legaltext.provisions import Document as Text
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class Asked:
    """A text that is to be taken in: what it says, from when, known since when, and by whom."""

    places: Places
    effective_on: date
    recorded_at: datetime
    version: str
    reason: str
    whole: bool
    ended: frozenset[str]
    document_versions: Mapping[str, str]
    is_identified: bool
    in_register: bool
    notice: str
    by: User | None
    at: datetime


@dataclass
class Plan:
    """What is to be written. Documents are told by their rows.

    `code` is the text with all its ids; `wanted_in` where its provisions are to stand, document
    by document; `ends` up to which day they do.
    """

    stored: Stored
    places: Places
    found: Identified
    code: Code
    documents: dict[int, Text]
    wanted_in: dict[int, dict[str, Placed]]
    ends: dict[int, date | None]
    changes: Redating[Placed]
    heads: Redating[Head]

    @cached_property
    def wanted(self) -> dict[str, Placed]:
        """Where every provision of the text is to stand, by its id."""
        return {key: said for part in self.wanted_in.values() for key, said in part.items()}

    @cached_property
    def wordings(self) -> dict[str, Provision]:
        """A provision for every wording of the text, by its hash."""
        pairs = zip(self.found.ids, self.places.provisions, strict=True)
        return {self.wanted[ident].text: one for ident, one in pairs if ident and one is not None}

    @cached_property
    def removed(self) -> list[int]:
        """The documents that end, by their rows in order."""
        return sorted(set(self.stored.heads) - set(self.documents))

    @property
    def touched(self) -> list[int]:
        """The documents that are written to, by their rows."""
        return sorted({*self.stored.heads, *self.documents})

    @property
    def has_changes(self) -> bool:
        """Say whether anything is to be written."""
        return bool(self.changes or self.heads)

    @property
    def is_correction(self) -> bool:
        """Say whether something else was said for that very day."""
        closed = set(self.changes.closed)
        on = self.stored.on
        rows = (row for part in self.stored.rows.values() for row in part)
        return any(row.since == on and row.row in closed for row in rows)


def plan_for(asked: Asked) -> Plan:
    """Return what is to be written; the caller holds the transaction. New documents are added.

    Raises Refused if the text does not fit to what is stored.
    """
    new, on = asked.places, asked.effective_on
    names = {document.document for document in new.code.documents} | asked.ended
    stored = stored_for(names, on=on, whole=asked.whole, at=asked.recorded_at)
    _refuse_unknown_ended(asked, stored)
    found = identified_in(stored, new, is_identified=asked.is_identified)
    rows = _document_rows(asked, stored, found)
    code = identified(new, {node: ident for node, ident in enumerate(found.ids) if ident})
    wanted_in = _wanted(new, found, rows, stored)
    ends = _ends(stored, wanted_in)
    until = {key: ends[pk] for pk, part in wanted_in.items() for key in part}
    refuse_standing_elsewhere(stored, found, until)
    changes, changed = _placement_changes(stored, wanted_in, ends)
    documents = dict(zip(rows, code.documents, strict=True))
    heads = head_changes(stored, documents, changed=changed, given=asked.document_versions,
                         whole=asked.whole, ends=ends)  # fmt: skip
    return Plan(stored, new, found, code, documents, wanted_in, ends, changes, heads)


def _refuse_unknown_ended(asked: Asked, stored: Stored) -> None:
    standing = {head.name for head in stored.heads.values()}
    kept = {document.document for document in asked.places.code.documents}
    reasons = [
        Reason(f"{name} cannot end on {stored.on:%-d %B %Y}: {why}", remedy)
        for name in sorted(asked.ended)
        for why, remedy, holds in (
            ("it does not stand then", "Name a day on which it does", name not in standing),
            ("the text has it", "Take it out of the text, or let it stand", name in kept),
        )
        if holds
    ]
    if reasons:
        raise Refused(reasons)


def _document_rows(asked: Asked, stored: Stored, found: Identified) -> list[int]:
    """Return the row of each document of the text; of one that is new, a new one."""
    rows = []
    for document in asked.places.code.documents:
        before = found.renamed.get(document.document, document.document)
        pk = stored.document_names.get(before)
        if pk is None:
            made = Document.objects.create(
                first_name=document.document, last_recorded_at=asked.recorded_at
            )
            pk = made.pk
        rows.append(pk)
    return rows


def _wanted(
    new: Places, found: Identified, rows: list[int], stored: Stored
) -> dict[int, dict[str, Placed]]:
    by_root = dict(zip(new.roots, rows, strict=True))
    document = 0
    of_node = []
    for node in range(len(new)):
        document = by_root.get(node, document)
        of_node.append(document)
    wanted_in: dict[int, dict[str, Placed]] = {pk: {} for pk in rows}
    for key, said in placed(new, found.ids, of_node, stored.bearings).items():
        wanted_in[said.document][key] = said
    return wanted_in


def _ends(stored: Stored, wanted_in: Mapping[int, Mapping[str, Placed]]) -> dict[int, date | None]:
    """Return up to which day each document's text holds.

    Documents between which provisions move change together: else a provision would stand in
    both for some days, or in none.
    """
    ends = {pk: stored.ends.get(pk) for pk in {*stored.ends, *wanted_in}}
    together: set[int] = set()
    for pk, part in wanted_in.items():
        for key in part:
            before = stored.bearings.get(key)
            if before is not None and before.placed.document != pk:
                together |= {pk, before.placed.document}
    first = min((day for pk in together if (day := ends[pk]) is not None), default=None)
    return ends | dict.fromkeys(together, first)


def _placement_changes(
    stored: Stored, wanted_in: Mapping[int, Mapping[str, Placed]], ends: Mapping[int, date | None]
) -> tuple[Redating[Placed], set[int]]:
    """Return what changes in placements, and in which documents."""
    changes: Redating[Placed] = Redating()
    changed = set()
    for pk in {*stored.rows, *wanted_in}:
        part = redating(
            stored.rows.get(pk, ()), wanted_in.get(pk, {}), on=stored.on, until=ends[pk]
        )
        if part:
            changed.add(pk)
        changes.ended += part.ended
        changes.closed += part.closed
        changes.added += part.added
    return changes, changed
