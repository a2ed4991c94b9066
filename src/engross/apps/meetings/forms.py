"""What a person asks of the meetings."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engross.apps.registers.queries import Asked, active_code
from engross.core.access import Reader
from engross.core.dates.months import Month

ANY = [("", "Any")]


class MonthField(forms.CharField):
    """A month, written as 2021-09."""

    def clean(self, value: Any) -> Month | None:
        """Return the month; raises ValidationError if `value` is none."""
        text = super().clean(value)
        if not text:
            return None
        try:
            month = Month.parse(text)
        except ValueError as wrong:
            raise ValidationError("Write year and month as 2021-09.") from wrong
        if not 1900 <= month.year <= 2200:
            raise ValidationError("Give a year from 1900 to 2200.")
        return month


class MeetingFilterForm(forms.Form):
    """The filters of the meetings: words, a body, a category of bodies, a month."""

    q = forms.CharField(label="Words", required=False, max_length=200,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip
    body = forms.ChoiceField(label="Body", required=False)
    category = forms.ChoiceField(label="Category", required=False)
    month = MonthField(label="Month", required=False, max_length=10,
                       widget=forms.TextInput(attrs={"type": "month", "placeholder": "2021-09"}),
                       )  # fmt: skip

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name, choices in (("body", "bodies"), ("category", "meeting_categories")):
            field = self.fields[name]
            options = {each.key: each.name for each in active_code().options(choices)}
            if isinstance(field, forms.ChoiceField):
                field.choices = [*ANY, *options.items()]

    def asked(self, *, sort: str, reader: Reader) -> Asked:
        """Return what is asked; a filter that cannot be read is left out."""
        self.is_valid()
        body = self.cleaned_data.get("body")
        return Asked(
            filters={"body": body} if body else {},
            words=self.cleaned_data.get("q", ""),
            sort=sort,
            reader=reader,
        )

    def category_key(self) -> str:
        """Return the category of bodies that is asked for; empty if none is."""
        self.is_valid()
        return str(self.cleaned_data.get("category", ""))

    def month_shown(self, today: date) -> Month | None:
        """Return the month to show: the one asked for, or, if nothing is asked, today's.

        None when words, a body or a category are asked for without a month: then all months.
        """
        self.is_valid()
        month: Month | None = self.cleaned_data.get("month")
        if month or any(self.cleaned_data.get(name) for name in ("q", "body", "category")):
            return month
        return Month.of(today)
