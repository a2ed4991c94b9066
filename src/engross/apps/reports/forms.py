"""What a person asks of papers and figures."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engross.apps.reports import queries
from engross.core.access import Reader
from engross.core.registers.cells import EARLIEST, LATEST

MONTH_INPUT = forms.TextInput(attrs={"type": "month", "pattern": "[0-9]{4}-[0-9]{2}"})
MONTH_FORM = r"[0-9]{4}-(0[1-9]|1[0-2])"


def month_field(*, required: bool) -> forms.RegexField:
    """Return a field for a month such as 2021-09."""
    return forms.RegexField(
        MONTH_FORM, label="Month", required=required, widget=MONTH_INPUT,
        help_text="Such as 2021-09.",
        error_messages={"invalid": "Give a month as year and month, such as 2021-09."},
    )  # fmt: skip


class MonthForm(forms.Form):
    """Which paper, of which month."""

    def __init__(self, data: Any = None, *, reader: Reader) -> None:
        super().__init__(data)
        choices = [(each.key, each.title) for each in queries.readable_papers(reader)]
        self.fields["paper"] = forms.ChoiceField(label="Paper", choices=choices)
        self.fields["month"] = month_field(required=True)


class FigureForm(forms.Form):
    """Which month, and as known at which moment."""

    month = month_field(required=False)
    known_at = forms.DateTimeField(
        label="As known at", required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def clean_known_at(self) -> datetime | None:
        """Return the moment; raises ValidationError for one in which nothing was recorded."""
        moment: datetime | None = self.cleaned_data["known_at"]
        if moment is not None and not EARLIEST.year <= moment.year < LATEST.year:
            raise ValidationError(f"Give a moment from {EARLIEST} until {LATEST}.")
        return moment


class IssueForm(forms.Form):
    """Why a version is issued."""

    reason = forms.CharField(
        label="Reason", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What was wrong in the version before, and how it came to light.",
    )  # fmt: skip

    def __init__(self, *args: Any, is_first: bool, **extra: Any) -> None:
        super().__init__(*args, **extra)
        if is_first:
            self.fields["reason"].required = False
            self.fields["reason"].help_text = "May be empty for the first version."


class IssueReportForm(IssueForm):
    """Why a version of a proposal's report is issued, and how many there were when it was seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
