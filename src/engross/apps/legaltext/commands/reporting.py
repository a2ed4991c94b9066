"""What an import understood, for the person who made it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from engross.core.legaltext.dating import Standing
from engross.core.legaltext.placements import Placed


@dataclass(frozen=True)
class DocumentReport:
    """What became of one document: provisions by what happened to them.

    A provision may be changed, moved and renumbered at once. `holds_until` is the day from which
    a text stands that was known before and was left as it is.
    """

    document: str
    version: str
    provisions: int
    inserted: int = 0
    deleted: int = 0
    changed: int = 0
    moved: int = 0
    renumbered: int = 0
    holds_until: date | None = None


@dataclass(frozen=True)
class ImportReport:
    """What an import or a publication did; `recording` is None if there was nothing new."""

    recording: int | None
    effective_on: date
    text_hash: str
    documents: tuple[DocumentReport, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    splits: int = 0
    joins: int = 0
    remarks: tuple[str, ...] = ()
    texts_added: int = 0
    rows_added: int = 0
    rows_ended: int = 0
    rows_closed: int = 0

    def total(self, what: str) -> int:
        """Return how many provisions were 'inserted', 'deleted', 'changed', 'moved', ..."""
        return sum(getattr(each, what) for each in self.documents)

    def with_rows(self, **rows: int) -> "ImportReport":
        """Return the report with the recording's row and how many rows were written."""
        return replace(self, **rows)  # type: ignore[arg-type]

    @property
    def rows_written(self) -> int:
        """How many rows were added or changed, texts included."""
        return self.texts_added + self.rows_added + self.rows_ended + self.rows_closed

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values, for the audit."""
        told = asdict(self)
        told["effective_on"] = str(self.effective_on)
        told["remarks"] = list(self.remarks[:50])
        for each in told["documents"]:
            each["holds_until"] = each["holds_until"] and str(each["holds_until"])
        return told


def counted(
    standing: Iterable[Standing[Placed]],
    wanted: Mapping[str, Placed],
    *,
    before: Mapping[str, Placed],
    after: Container[str],
) -> dict[str, int]:
    """Return what happened to a document's provisions.

    `before` says how each provision stood in any of the documents that were taken in, `after`
    which stand in any of them now: what goes from one to another is not deleted.
    """
    counts = dict.fromkeys(("inserted", "deleted", "changed", "moved", "renumbered"), 0)
    for key, said in wanted.items():
        old = before.get(key)
        if old is None:
            counts["inserted"] += 1
        elif old != said:
            counts["changed"] += old.text != said.text
            counts["moved"] += old[:3] != said[:3]
            counts["renumbered"] += old[3:5] != said[3:5]
    counts["deleted"] = sum(row.key not in after for row in standing)
    return counts
