"""Writing rows: the one place where the text's tables are written to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from engross.apps.legaltext.models import (
    DatedRow,
    Document,
    Provision,
    ProvisionText,
    Recording,
)
from engross.apps.registers.commands.inserting import insert_rows
from engross.core.legaltext.dating import Adding, Redating
from engross.core.legaltext.placements import Placed, json_or_nothing
from engross.core.legaltext.provisions import Provision as Wording
from engross.core.refusals import Reason, Refused

_BATCH = 900
_TEXTS_AT_ONCE = 160
Said = TypeVar("Said")


@dataclass(frozen=True)
class Origin:
    """What made a row, and what ended it: kept when only its range is cut."""

    opened_by: int
    ended_by: int | None


def write_dated(
    model: type[DatedRow],
    changes: Redating[Said],
    recording: Recording,
    columns: Callable[[str, Said], dict[str, Any]],
) -> None:
    """Write what changes in a table of dated rows; the caller holds the transaction.

    `columns` gives what a row says as values by column. Raises Refused if somebody else has
    changed one of the rows in between.
    """
    origins = _origins(model, changes)
    at, by = recording.recorded_at, recording.pk
    _update(model, changes.ended, effective_until=recording.effective_on, until_recorded_at=at,
            ended_by=by)  # fmt: skip
    _update(model, changes.closed, recorded_until=at, closed_by=by)
    rows = (
        {**columns(adding.key, adding.said), **_range(adding, recording, origins)}
        for adding in changes.added
    )
    same = {"recorded_from": at, "recorded_until": None, "closed_by_id": None}
    insert_rows(model, rows, same=same)


def _range(
    adding: Adding[Any], recording: Recording, origins: Mapping[int, Origin]
) -> dict[str, Any]:
    origin = origins[adding.of] if adding.of is not None else Origin(recording.pk, None)
    row = {
        "effective_from": adding.since,
        "effective_until": adding.until,
        "until_recorded_at": None,
        "ended_by_id": None,
        "opened_by_id": origin.opened_by,
    }
    if adding.until is not None:
        row["until_recorded_at"] = recording.recorded_at
        is_tail = adding.since > recording.effective_on
        row["ended_by_id"] = (is_tail and origin.ended_by) or recording.pk
    return row


def _origins(model: type[DatedRow], changes: Redating[Any]) -> dict[int, Origin]:
    cut = sorted({adding.of for adding in changes.added if adding.of is not None})
    origins: dict[int, Origin] = {}
    for batch in batches(cut):
        rows = model.objects.filter(pk__in=batch).order_by()
        for pk, opened_by, ended_by in rows.values_list("pk", "opened_by_id", "ended_by_id"):
            origins[pk] = Origin(opened_by, ended_by)
    return origins


def _update(model: type[DatedRow], pks: Sequence[int], **values: Any) -> None:
    for batch in batches(pks):
        live = model.objects.filter(pk__in=batch, recorded_until__isnull=True)
        if live.update(**values) != len(batch):
            raise changed_meanwhile()


def changed_meanwhile() -> Refused:
    """Return the refusal of a text that somebody else's has crossed."""
    what = "Somebody else recorded text of the same documents in between"
    return Refused(Reason(what, "Look at it again and repeat the import"))


def placement_columns(texts: Mapping[str, int]) -> Callable[[str, Placed], dict[str, Any]]:
    """Return what gives a placement's columns; `texts` are the rows of wordings by hash."""

    def columns(key: str, said: Placed) -> dict[str, Any]:
        return {
            "provision_id": key,
            "document_id": said.document,
            "parent_id": said.parent,
            "rank": said.rank,
            "label": said.label,
            "begins_with_parent": said.begins,
            "text_id": texts[said.text],
        }

    return columns


def text_rows(hashes: Iterable[str], wordings: Mapping[str, Wording]) -> tuple[dict[str, int], int]:
    """Return the row of each wording by its hash, and how many were added.

    `wordings` gives a provision that bears a wording not yet stored; a stored one needs none.
    """
    listed = sorted(set(hashes))
    found = _stored_texts(listed)
    # In order, so that two who add the same wordings wait for each other and never in a circle.
    missing = [_text_row(each, wordings[each]) for each in listed if each not in found]
    # Another may add the same wording at this moment: it is the same row.
    ProvisionText.objects.bulk_create(missing, batch_size=_TEXTS_AT_ONCE, ignore_conflicts=True)
    if missing:
        found |= _stored_texts([row.hash for row in missing])
    return found, len(missing)


def _text_row(ident: str, wording: Wording) -> ProvisionText:
    table = wording.table or None
    return ProvisionText(
        hash=ident,
        heading=wording.heading,
        text=wording.text,
        inlines=json_or_nothing(wording.inlines),
        table=json_or_nothing(wording.table),
        cells=" ".join(cell for row in table.rows for cell in row) if table else "",
    )


def _stored_texts(hashes: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in batches(hashes):
        rows = ProvisionText.objects.filter(hash__in=batch).order_by()
        found.update(rows.values_list("hash", "pk"))
    return found


def add_provisions(origins: Mapping[str, int]) -> None:
    """Add provisions that are new, each with the document it first stands in."""
    rows = [Provision(pk=ident, origin_id=document) for ident, document in origins.items()]
    Provision.objects.bulk_create(rows, batch_size=400)


def note_recorded(documents: Iterable[int], recording: Recording) -> None:
    """Note on documents when they were last written."""
    for batch in batches(sorted(documents)):
        Document.objects.filter(pk__in=batch).update(last_recorded_at=recording.recorded_at)


Item = TypeVar("Item")


def batches(items: Sequence[Item], size: int = _BATCH) -> Iterator[Sequence[Item]]:
    """Yield items in runs short enough for one statement."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
