"""Sample content for the page of components: plainly samples, records of nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from engross.core.refusals import Reason
from engross.core.reports.tables import ColumnKind, ColumnSpec, Table
from engross.design import parts

_STAGES = (
    ("Define", "open"),
    ("Refine", "open"),
    ("With the Authority", "waiting"),
    ("On hold", "hold"),
    ("Past its date", "late"),
    ("Implemented", "done"),
    ("Withdrawn", "stopped"),
)


@dataclass(frozen=True)
class SampleRow:
    """A made-up record, to fill a list."""

    reference: str
    title: str
    stage: SafeString
    raised_on: date
    days: int | None
    href: str = "#lists"


class SampleFilters(forms.Form):
    """A form that filters the sample list."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    stage = forms.ChoiceField(
        label="Stage",
        required=False,
        choices=[("", "All"), *((s, s) for s, _ in _STAGES)],
    )
    raised_from = forms.DateField(label="Raised from", required=False)
    is_open = forms.BooleanField(label="Open only", required=False)


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    prefix = "sample"
    name = forms.CharField(label="Legal name", help_text="As it stands on the register.")
    joined_on = forms.DateField(label="Acceded on")
    category = forms.ChoiceField(
        label="Party Category",
        choices=[
            ("", "Choose one"),
            ("one", "First category"),
            ("two", "Second category"),
        ],
    )
    route = forms.ChoiceField(
        label="Route",
        widget=forms.RadioSelect,
        choices=[("a", "Sample route"), ("b", "Another")],
    )
    roles = forms.MultipleChoiceField(
        label="User Roles",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "First role"), ("b", "Second role")],
        help_text="Any that apply.",
    )
    file = forms.FileField(label="File", required=False, help_text="CSV or XLSX, up to 20 MB.")
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 4}))
    is_sure = forms.BooleanField(label="I have checked this against the source")


COLUMNS = (
    parts.Column("reference", "Reference", "reference", sort="reference", link="href"),
    parts.Column("title", "Title", "title", sort="title"),
    parts.Column("stage", "Stage"),
    parts.Column("raised_on", "Raised", "day", sort="raised"),
    parts.Column("days", "Working Days open", "number", sort="days"),
)

_WORDS = (
    "Sample change to the wording of a clause",
    "A longer sample title, as real ones are: it runs on until it needs two lines on most screens",
    "Sample correction",
)

# Two steps that are done, one that is late, one ahead, as `design/parts/gantt.html` draws them.
TIMETABLE = {
    "width": 1000, "height": 78, "bar": 9, "today": 520,
    "bars": [
        {"kind": "planned", "x": 0, "y": 3, "width": 300},
        {"kind": "actual", "x": 0, "y": 13, "width": 360},
        {"kind": "planned", "x": 300, "y": 29, "width": 300},
        {"kind": "expected", "x": 360, "y": 39, "width": 320},
        {"kind": "planned", "x": 600, "y": 55, "width": 300},
        {"kind": "expected", "x": 680, "y": 65, "width": 320},
    ],
}  # fmt: skip

FIGURES = Table(
    columns=(
        ColumnSpec("category", "Sample category"),
        ColumnSpec("may", "May 2021", ColumnKind.WHOLE),
        ColumnSpec("june", "June 2021", ColumnKind.WHOLE),
        ColumnSpec("july", "July 2021", ColumnKind.WHOLE),
        ColumnSpec("average", "Average days", ColumnKind.DECIMAL),
    ),
    rows=(
        ("First category", 12, 14, 9, Decimal("11.5")),
        ("Second category", 1204, 1188, 1310, Decimal("8.25")),
        ("Third category", 7, None, 11, None),
    ),
    total=("Total", 1223, None, 1330, None),
)


def _rows() -> list[SampleRow]:
    made = []
    for place in range(64):
        words, kind = _STAGES[place % len(_STAGES)]
        made.append(
            SampleRow(
                reference=f"SAMPLE{place + 1:03d}",
                title=_WORDS[place % len(_WORDS)],
                stage=parts.status(words, kind),
                raised_on=date(2021, 1 + place % 9, 1 + place % 28),
                days=None if place % 9 == 5 else 7 + place * 23 % 380,
            )
        )
    return made


def _sorted(rows: list[SampleRow], by: str) -> list[SampleRow]:
    key = {
        "reference": "reference",
        "title": "title",
        "raised": "raised_on",
        "days": "days",
    }.get(by.removeprefix("-"), "reference")
    return sorted(
        rows,
        key=lambda row: (getattr(row, key) is None, getattr(row, key) or 0),
        reverse=by.startswith("-"),
    )


def _filtered(rows: list[SampleRow], query: Mapping[str, str]) -> list[SampleRow]:
    wanted = query.get("q", "").casefold()
    stage = query.get("stage", "")
    return [
        row
        for row in rows
        if wanted in f"{row.reference} {row.title}".casefold() and stage in str(row.stage)
    ]


TIMELINE: tuple[Mapping[str, Any], ...] = (
    {"on": date(2021, 3, 8), "title": "Raised", "text": "By a sample Party"},
    {
        "on": date(2021, 4, 12),
        "title": "Assessment returned",
        "text": "12 Working Days of 15",
        "basis": "derived",
    },
    {"on": date(2021, 6, 25), "title": "Moved to Refine", "kind": "now"},
    {
        "on": date(2021, 11, 4),
        "title": "Release",
        "kind": "future",
        "href": "#timeline",
    },
)

SUMMARY: tuple[tuple[str, Any], ...] = (
    ("Legal name", "Sample Company Limited"),
    ("Signifier", "SAMPLE"),
    ("Acceded", date(2013, 9, 23)),
    ("Voting Group", None),
    ("Records", 1204),
)


def page(query: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of components shows for a query."""
    sorted_by = query.get("sort", "")
    rows = _sorted(_filtered(_rows(), query), sorted_by)
    broken = SampleForm({"sample-name": "", "sample-route": "a"})
    return {
        "title": "Components",
        "as_at": date(2021, 9, 30),
        "columns": COLUMNS,
        "page": Paginator(rows, 12).get_page(query.get("page")),
        "sorted_by": sorted_by,
        "filter_form": SampleFilters(query),
        "statuses": _STAGES,
        "classes": list(parts.CLASSES),
        "bases": list(parts.BASES),
        "timeline_events": TIMELINE,
        "facts": SUMMARY,
        "figures": FIGURES,
        "timetable": TIMETABLE,
        "form": SampleForm(auto_id="plain_%s"),
        "broken_form": broken,
        "tabs_shown": (
            {"label": "Overview", "href": "#tabs", "is_current": True},
            {"label": "Assessments", "href": "#tabs", "count": 3},
            {"label": "Documents", "href": "#tabs", "count": 0},
        ),
        "refused": (
            Reason(
                "The sample consultation ran 12 Working Days of 15",
                "Close it on 25 March or later",
                "Section C, 4.2",
            ),
        ),
        "will": (
            "The stage becomes Refine on 25 June 2021",
            "A consultation opens until 16 July 2021 (15 Working Days)",
            "Mail goes to 42 contacts of two sample categories",
        ),
    }
