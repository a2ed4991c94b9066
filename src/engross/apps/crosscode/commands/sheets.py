"""Taking in a month's sheet of all codes' changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.crosscode.models import MonthlySheet, SheetLine
from engross.apps.crosscode.queries import MonthDiff, diff_of, months_taken, read_month
from engross.apps.crosscode.queries.reading import ReadSheet
from engross.apps.crosscode.queries.sheets import lines_of
from engross.apps.crosscode.registers import cross_code_changes
from engross.apps.registers.commands import NamedSheet, import_sheets
from engross.core.dates.months import Month
from engross.core.refusals import Reason, Refused


@dataclass(frozen=True)
class TakenSheet:
    """What taking a sheet in did, in rows, and what it differs in from the month before.

    `unchanged` is true where this very sheet stands there already. `is_newest` says whether the
    register of changes follows it: a sheet of an earlier month is only kept to compare.
    """

    month: Month
    added: int
    corrected: int
    same: int
    own: int
    unusual: tuple[str, ...]
    is_newest: bool
    unchanged: bool
    diff: MonthDiff | None


@transaction.atomic
def take_sheet(
    *,
    month: Month,
    file_name: str,
    sha256: str,
    lines: Iterable[tuple[int, Sequence[object]]],
    by: User | None,
    at: datetime,
    reason: str = "",
    dry_run: bool = False,
) -> TakenSheet:
    """Take in a month's sheet: keep it, and let the register of changes follow the newest one.

    The same sheet twice changes nothing; another one of the same month replaces the first, which
    is kept. With `dry_run` everything is done and undone again.
    Raises SheetRefused with every bad cell, and Refused for a month that has not begun.
    """
    _refuse_future(month, at)
    read = read_month(file_name, lines)
    standing = next((each for each in months_taken() if Month.of(each.month) == month), None)
    if standing and _says_the_same(standing, read):
        return _outcome(month, read, counts=(0, 0, len(read.rows)), unchanged=True)
    sheet = _keep(month, standing, read, MonthlySheet(
        month=month.first_day, file_name=file_name[:200], sha256=sha256, taken_at=at, taken_by=by
    ))  # fmt: skip
    why = reason or f"The Central Modifications Register of {month.name}"
    counts = _follow(month, file_name, sha256, read, by=by, at=at, reason=why)
    outcome = _outcome(month, read, counts=counts)
    record_event(
        action="cross-code.take-sheet", subject=f"central-register/{month}", by=by, at=at,
        reason=reason, details={"file": sheet.file_name, "sha256": sha256,
                                "rows": len(read.rows), "own": read.own},
    )  # fmt: skip
    if dry_run:
        transaction.set_rollback(True)
    return outcome


def _refuse_future(month: Month, at: datetime) -> None:
    if month.first_day > at.date():
        what = f"{month.name} has not begun"
        raise Refused(Reason(what, "Name the month that the sheet is of"))


def _says_the_same(sheet: MonthlySheet, read: ReadSheet) -> bool:
    standing = {key: (label, dict(content)) for key, (label, content) in lines_of(sheet).items()}
    return standing == {
        key: (read.names[key], dict(content)) for key, content in read.contents.items()
    }


def _keep(
    month: Month, standing: MonthlySheet | None, read: ReadSheet, sheet: MonthlySheet
) -> MonthlySheet:
    if standing:
        live = MonthlySheet.objects.filter(pk=standing.pk, replaced_at__isnull=True)
        live.update(replaced_at=sheet.taken_at)
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError as error:
        what = f"Somebody else took in a sheet of {month.name} just now"
        raise Refused(
            Reason(what, "Look at it, and take yours in if it still says more")
        ) from error
    SheetLine.objects.bulk_create(
        SheetLine(sheet=sheet, key=key, label=read.names[key], content=content)
        for key, content in read.contents.items()
    )
    return sheet


def _is_newest(month: Month) -> bool:
    return Month.of(months_taken()[0].month) == month


def _follow(
    month: Month, file_name: str, sha256: str, read: ReadSheet, *,
    by: User | None, at: datetime, reason: str,
) -> tuple[int, int, int]:  # fmt: skip
    """Let the register of changes follow the sheet, if none is newer; return what that did."""
    if not read.rows or not _is_newest(month):
        return 0, 0, len(read.rows)
    columns = [column.name for column in cross_code_changes.columns]
    table: list[tuple[int, Sequence[object]]] = [(1, columns)]
    for key, row in read.rows.items():
        cells = {**row.values, "change": read.names[key]}
        table.append((row.number, [cells[name] for name in columns]))
    sheet = NamedSheet(cross_code_changes.name, file_name, sha256, table)
    result = import_sheets([sheet], by=by, at=at, reason=reason)[0]
    return result.added, result.corrected, result.unchanged


def _outcome(
    month: Month, read: ReadSheet, *, counts: tuple[int, int, int], unchanged: bool = False
) -> TakenSheet:
    added, corrected, same = counts
    return TakenSheet(
        month=month, added=added, corrected=corrected, same=same, own=read.own,
        unusual=tuple(read.unusual), is_newest=_is_newest(month), unchanged=unchanged,
        diff=diff_of(month),
    )  # fmt: skip
