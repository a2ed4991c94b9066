"""The months' sheets that were taken in, and what differs between two of them."""

from dataclasses import dataclass

from engross.apps.crosscode.models import MonthlySheet, SheetLine
from engross.core.crosscode.sheets import Content, SheetDiff, compare_sheets
from engross.core.dates.months import Month


@dataclass(frozen=True)
class MonthDiff:
    """What a month's sheet has that the one before had not; `before` is None for the first."""

    sheet: MonthlySheet
    before: MonthlySheet | None
    diff: SheetDiff
    names: dict[str, str]
    titles: dict[str, str]


def months_taken() -> list[MonthlySheet]:
    """Return the sheet of each month that was taken in, the newest first."""
    return list(MonthlySheet.objects.filter(replaced_at__isnull=True).order_by("-month"))


def newest_keys() -> set[str] | None:
    """Return the keys of the changes on the newest sheet; None if none was taken in."""
    newest = next(iter(months_taken()), None)
    if newest is None:
        return None
    return set(SheetLine.objects.filter(sheet=newest).order_by().values_list("key", flat=True))


def lines_of(sheet: MonthlySheet | None) -> dict[str, tuple[str, Content]]:
    """Return a sheet's rows by key: the change's name, and its cells."""
    if sheet is None:
        return {}
    rows = SheetLine.objects.filter(sheet=sheet).order_by("key")
    return {key: (label, content) for key, label, content in
            rows.values_list("key", "label", "content")}  # fmt: skip


def diff_of(month: Month) -> MonthDiff | None:
    """Return what differs between a month's sheet and the last one before; None without one."""
    taken = months_taken()
    sheet = next((each for each in taken if Month.of(each.month) == month), None)
    if sheet is None:
        return None
    before = next((each for each in taken if each.month < sheet.month), None)
    then, now = lines_of(before), lines_of(sheet)
    diff = compare_sheets({key: content for key, (_, content) in then.items()},
                          {key: content for key, (_, content) in now.items()})  # fmt: skip
    known = then | now
    return MonthDiff(
        sheet=sheet,
        before=before,
        diff=diff,
        names={key: label for key, (label, _) in known.items()},
        titles={key: content.get("title", "") for key, (_, content) in known.items()},
    )
