"""The pages of the months' sheets: taking one in, comparing, and this code's own rows."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from engross.adapters.tables import CONTENT_TYPES, FileRefused, read_upload, table_bytes
from engross.apps.accounts.queries import may_change_registers
from engross.apps.accounts.views import person_of, staff_only
from engross.apps.crosscode import commands, queries
from engross.apps.crosscode.commands import TakenSheet
from engross.apps.crosscode.forms import TakenSheetForm, TakeSheetForm
from engross.apps.crosscode.queries import MonthDiff
from engross.apps.crosscode.views.places import tabs_of
from engross.apps.registers.queries import active_code
from engross.core.crosscode.sheets import headings_of
from engross.core.dates.months import Month
from engross.core.refusals import Refused
from engross.design.parts import Column

SALT = "crosscode.sheet"
# A sheet that was looked at is taken in within the hour, or looked at again.
LONGEST_SECONDS = 3600
MOST_SHOWN = 200
NAME_COLUMNS = (
    Column("name", "Change", "reference", link="href"),
    Column("title", "Title", "title"),
)
CELL_COLUMNS = (
    Column("name", "Change", "reference", link="href"),
    Column("column", "What", "title"),
    Column("before", "Before"),
    Column("after", "Now"),
)


def _month_or_404(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise Http404("That is no month") from None


def month(request: HttpRequest, month: str = "") -> HttpResponse:
    """Show what a month's sheet has that the one before had not; the newest without a month."""
    taken = queries.months_taken()
    chosen = _month_or_404(month) if month else Month.of(taken[0].month) if taken else None
    found = queries.diff_of(chosen) if chosen else None
    if month and found is None:
        raise Http404("No sheet of that month was taken in")
    today = timezone.localdate()
    context = {
        "title": chosen.name if chosen and found else "Month by month",
        "lead": "What the Central Modifications Register has that it had not the month before.",
        "tabs": tabs_of("month"),
        "found": found,
        "before": Month.of(found.before.month).name if found and found.before else "",
        "months": [{"month": str(Month.of(each.month)), "name": Month.of(each.month).name,
                    "file_name": each.file_name, "taken_at": each.taken_at} for each in taken],
        "own_months": [_own_files(each) for each in reversed(Month.of(today).last_months(3))],
        "may_change": may_change_registers(request.user),
        **(_compared(found) if found else {}),
    }  # fmt: skip
    return render(request, "crosscode/month.html", context)


def _own_files(month: Month) -> dict[str, str]:
    """Return a month's name, and where this code's own rows of it are."""
    files = {form: reverse("crosscode:own-sheet", args=[str(month), form])
             for form in ("xlsx", "csv")}  # fmt: skip
    return {"name": month.name, **files}


def _compared(found: MonthDiff) -> dict[str, Any]:
    printed = {each.column: each.printed for each in headings_of(active_code())}

    def named(key: str) -> dict[str, Any]:
        code, _, reference = key.partition("/")
        return {"name": found.names[key], "title": found.titles[key],
                "href": reverse("crosscode:change", args=[code, reference])}  # fmt: skip

    cells = [
        {**named(key), "column": printed.get(each.column, each.column),
         "before": each.before, "after": each.after}
        for key, own in found.diff.changes.items()
        for each in own
    ]  # fmt: skip
    return {
        "name_columns": NAME_COLUMNS,
        "cell_columns": CELL_COLUMNS,
        "added": [named(key) for key in found.diff.added],
        "gone": [{**named(key), "href": ""} for key in found.diff.gone],
        "cells": cells,
    }


def own_sheet(request: HttpRequest, month: str, form: str) -> HttpResponse:
    """Send this code's own open proposals as rows of a month's sheet."""
    asked, today = _month_or_404(month), timezone.localdate()
    if asked.first_day > today:
        raise Http404("That month has not begun")
    rows = queries.own_rows(asked, on=today)
    content = table_bytes(form, "central-register", queries.sheet_columns(), rows)
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    name = f"{active_code().key}-central-register-{asked}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_only
def take_sheet(request: HttpRequest) -> HttpResponse:
    """Take in a month's sheet: see what it changes, then take it."""
    if request.POST.get("confirmed"):
        return _take(request)
    form = TakeSheetForm(request.POST or None, request.FILES or None)
    problems: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            return _preview(request, form.cleaned_data["month"], upload.name, upload.read())
        except (Refused, FileRefused) as refused:
            problems = tuple(str(each) for each in refused.reasons)
    return _form(request, form, problems)


def _form(request: HttpRequest, form: Any, problems: tuple[str, ...] = ()) -> HttpResponse:
    context = {
        "title": "Take in a month's sheet", "form": form, "problems": problems[:MOST_SHOWN],
        "problem_count": len(problems), "submit": "See what it changes",
        "headings": headings_of(active_code()), "cancel_url": reverse("crosscode:changes"),
    }  # fmt: skip
    status = 422 if problems or form.errors else 200
    return render(request, "crosscode/take_sheet.html", context, status=status)


def _preview(request: HttpRequest, month: Month, name: str, content: bytes) -> HttpResponse:
    sheet = read_upload(name, content)
    told = commands.take_sheet(
        month=month, file_name=sheet.file_name, sha256=sheet.sha256, lines=sheet.lines,
        by=person_of(request), at=timezone.now(), dry_run=True,
    )  # fmt: skip
    lines = [[number, [None if cell is None else str(cell) for cell in cells]]
             for number, cells in sheet.lines]  # fmt: skip
    packed = signing.dumps([str(month), sheet.file_name, sheet.sha256, lines], salt=SALT,
                           compress=True)  # fmt: skip
    context = {
        "title": f"Take in {month.name}", "reference": sheet.file_name, "will": _will(told),
        "form": TakenSheetForm(initial={"sheet": packed}), "action": "Take it in",
        "cancel_url": reverse("crosscode:take-sheet"),
    }  # fmt: skip
    return render(request, "crosscode/take_sheet_preview.html", context)


def _will(told: TakenSheet) -> list[str]:
    if told.unchanged:
        return ["Nothing: this very sheet is there already."]
    will = [
        f"New changes: {told.added}. Told differently: {told.corrected}. Unchanged: {told.same}."
    ]
    if told.diff and told.diff.before:
        gone = len(told.diff.diff.gone)
        before = Month.of(told.diff.before.month).name
        will.append(f"On the sheet of {before}, and no longer: {gone}.")
    if told.own:
        will.append(f"Rows of this code, passed over: {told.own}. Its own records tell them.")
    if told.unusual:
        will.append(f"These references are of no known form, and are taken as written: "
                    f"{', '.join(told.unusual[:20])}.")  # fmt: skip
    if told.is_newest:
        will.append("What is new or told differently waits for a review of its impact.")
    else:
        will.append("A later month is there: this one is kept to compare, and corrects nothing.")
    return will


def _take(request: HttpRequest) -> HttpResponse:
    form = TakenSheetForm(request.POST)
    try:
        packed = form.data.get("sheet", "")
        month, name, sha256, lines = signing.loads(packed, salt=SALT, max_age=LONGEST_SECONDS)
        taken = commands.take_sheet(
            month=Month.parse(month), file_name=name, sha256=sha256,
            lines=[(number, cells) for number, cells in lines],
            by=person_of(request), at=timezone.now(),
        )  # fmt: skip
    except signing.BadSignature:
        stale = "That preview is too old or was changed. Upload the file again."
        return _form(request, TakeSheetForm(), (stale,))
    except Refused as refused:
        return _form(request, TakeSheetForm(), tuple(str(each) for each in refused.reasons))
    messages.success(request, f"The sheet of {taken.month.name} is taken in: {taken.added} new, "
                     f"{taken.corrected} told differently.")  # fmt: skip
    return redirect("crosscode:month", month=str(taken.month))
