"""The numbers of versions: the code's own in its register, and each document's."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from engross.apps.accounts.models import User
from engross.apps.legaltext.commands.standing import Stored
from engross.apps.legaltext.models import CodeVersion, CodeVersionDetails, DocumentVersion
from engross.apps.registers.commands import record_entry
from engross.apps.registers.registers import register_named
from engross.core.legaltext.dating import Redating, Standing, redating
from engross.core.legaltext.provisions import Document
from engross.core.legaltext.ranks import new_ranks
from engross.core.legaltext.versions import next_number
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Value


class Head(NamedTuple):
    """What a version of a document says of it, as its row has it."""

    number: str
    name: str
    title: str
    language: str
    rank: str


def code_version(
    number: str,
    *,
    effective_on: date,
    published_at: datetime,
    by: User | None,
    at: datetime,
    in_register: bool,
) -> CodeVersion:
    """Return the version of the code that has a number; the register gets it if it is new.

    Raises Refused if the register knows another day for it.
    """
    if not in_register:
        return CodeVersion.objects.get_or_create(key=number, defaults={"label": number})[0]
    version = CodeVersion.objects.filter(key=number).first()
    live = CodeVersionDetails.objects.known_at(None).filter(version=version).first()
    if live is None:
        values: dict[str, Value] = {
            "version": number, "effective_on": effective_on,
            "published_on": published_at.date(), "cause": None, "key_changes": None,
            "basis": "record",
        }  # fmt: skip
        record_entry(register_named("code-versions"), values, by=by, at=at)
        return CodeVersion.objects.get(key=number)
    if live.effective_on != effective_on:
        what = f"Version {number} takes effect on {live.effective_on:%-d %B %Y} by the register"
        raise Refused(Reason(what, "Give that day, or correct the register first"))
    return live.version


def head_changes(
    stored: Stored,
    documents: Mapping[int, Document],
    *,
    changed: set[int],
    given: Mapping[str, str],
    whole: bool,
    ends: Mapping[int, date | None],
) -> Redating[Head]:
    """Return how the documents' versions change.

    `documents` are the new documents by their rows, in order; `changed` those whose provisions
    change; `given` version numbers by name, for those that do not just count on.
    """
    ranks = _ranks(stored, list(documents), whole=whole)
    changes: Redating[Head] = Redating()
    for pk in {*stored.heads, *documents}:
        wanted = {}
        if document := documents.get(pk):
            head = Head("", document.document, document.title, document.language, ranks[pk])
            number = given.get(head.name) or _number(stored, pk, head, changed)
            wanted[str(pk)] = head._replace(number=number)
        part = redating(_standing(stored, pk), wanted, on=stored.on, until=ends[pk])
        changes.ended += part.ended
        changes.closed += part.closed
        changes.added += part.added
    return changes


def _standing(stored: Stored, pk: int) -> list[Standing[Head]]:
    row = stored.heads.get(pk)
    if row is None:
        return []
    return [Standing(row.pk, str(pk), _said(row), row.effective_from, row.effective_until)]


def _said(row: DocumentVersion) -> Head:
    return Head(row.number, row.name, row.title, row.language, row.rank)


def _number(stored: Stored, pk: int, head: Head, changed: set[int]) -> str:
    row = stored.heads.get(pk)
    if row is not None:
        before = _said(row)
        is_same = head[1:4] == before[1:4] and pk not in changed
        # What is said anew for the very day a version began corrects that version.
        if is_same or row.effective_from == stored.on:
            return before.number
    return next_number(stored.last_numbers.get(pk, ""), later=stored.later_numbers.get(pk, ()))


def _ranks(stored: Stored, documents: Sequence[int], *, whole: bool) -> dict[int, str]:
    """Return the ranks of documents; a new one comes after the one before it in the text."""
    holding = DocumentVersion.objects.holding(on=stored.on).order_by("rank", "document")
    standing = dict(holding.values_list("document", "rank"))
    order = list(documents) if whole else list(standing)
    before: int | None = None
    for pk in documents:
        if pk not in order:
            order.insert(order.index(before) + 1 if before is not None else len(order), pk)
        before = pk
    ranks = dict(zip(order, new_ranks([standing.get(pk) for pk in order]), strict=True))
    return {pk: ranks[pk] for pk in documents}


def columns_of_head(key: str, said: Head) -> dict[str, object]:
    """Return a document version's columns."""
    return {"document_id": int(key), **said._asdict()}
