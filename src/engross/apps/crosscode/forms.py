"""What a person asks or types on the pages of work across codes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from engross.apps.crosscode.commands import PriorityGiven
from engross.apps.crosscode.queries import GONE, ON_SHEET, TO_REVIEW, ChangesAsked
from engross.apps.registers.forms import ANY, DayField
from engross.apps.registers.queries import active_code
from engross.core.crosscode.priorities import categories_on, criteria_on, review_day
from engross.core.dates.months import Month

DAY_WIDGET = {"type": "date"}


def _options(name: str) -> list[tuple[str, str]]:
    return list({each.key: each.name for each in active_code().options(name)}.items())


def _set_choices(form: forms.Form, **chosen: list[tuple[str, str]]) -> None:
    for name, choices in chosen.items():
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class MonthField(forms.CharField):
    """A month, written as 2026-06."""

    def __init__(self, **extra: Any) -> None:
        widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-06"})
        super().__init__(max_length=7, widget=widget, **extra)

    def clean(self, value: Any) -> Any:
        """Return the month; raises ValidationError if it is none."""
        try:
            return Month.parse(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError("Give year and month, such as 2026-06.") from error


class ChangesFilterForm(forms.Form):
    """The filters of the list of other codes' changes."""

    q = forms.CharField(label="Words", required=False, max_length=200,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip
    code = forms.ChoiceField(label="Code", required=False)
    finding = forms.ChoiceField(label="Impact", required=False)
    standing = forms.ChoiceField(
        label="On the sheet", required=False,
        choices=[*ANY, (ON_SHEET, "On the newest"), (GONE, "No longer")],
    )  # fmt: skip
    names_us = forms.BooleanField(label="Names this code", required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        codes = active_code().options("industry_codes")
        others = {each.key: each.text("abbreviation") for each in codes if not each.flag("is_own")}
        findings = [(TO_REVIEW, "Waits for a review"), *_options("impact_findings")]
        _set_choices(self, code=[*ANY, *others.items()], finding=[*ANY, *findings])

    def asked(self, *, sort: str) -> ChangesAsked:
        """Return what is asked; a filter that cannot be read is left out."""
        self.is_valid()
        cleaned = self.cleaned_data
        code = cleaned.get("code", "")
        return ChangesAsked(
            words=cleaned.get("q", ""),
            filters={"code": code} if code else {},
            finding=cleaned.get("finding", ""),
            standing=cleaned.get("standing", ""),
            names_us=cleaned.get("names_us", False),
            sort=sort,
        )


class TakeSheetForm(forms.Form):
    """A month's sheet to take in."""

    month = MonthField(label="Month", help_text="The month that the sheet is of.")
    file = forms.FileField(label="File", help_text="CSV or XLSX, one sheet with a row of headings.")


class TakenSheetForm(forms.Form):
    """A sheet that was looked at and is to be taken in: what was read of it, signed."""

    sheet = forms.CharField(widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """What another code's change means for this code, and why."""

    finding = forms.ChoiceField(label="What it means for this code", widget=forms.RadioSelect)
    grounds = forms.CharField(
        label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you looked at, and what it would touch. Everybody can read it.",
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        _set_choices(self, finding=_options("impact_findings"))


class PriorityForm(forms.Form):
    """A priority for one proposal or several: the criteria answered, and why."""

    proposals = forms.MultipleChoiceField(label="Proposals", widget=forms.CheckboxSelectMultiple)
    category = forms.ChoiceField(label="Priority")
    determined_on = DayField(label="From", widget=forms.DateInput(attrs=DAY_WIDGET),
                             help_text="The day on which it was determined.")  # fmt: skip
    body = forms.ChoiceField(label="Determined by", required=False)
    grounds = forms.CharField(
        label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Why this priority and no other. Everybody can read it.",
    )  # fmt: skip
    direction_link = forms.URLField(
        label="Strategic direction", required=False, max_length=300, assume_scheme="https",
        help_text="The address of the part of it that the proposals serve.",
    )  # fmt: skip
    review_by = DayField(
        label="Review by", required=False, widget=forms.DateInput(attrs=DAY_WIDGET),
        help_text="Left empty, the code's own time for this priority counts.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, choices: Iterable[tuple[str, str]], on: date, **extra: Any
    ) -> None:
        super().__init__(*args, **extra)
        self.criteria = criteria_on(active_code(), on)
        for each in self.criteria:
            answers = [(answer, answer.capitalize()) for answer in each.answers]
            self.fields[each.key] = forms.ChoiceField(
                label=each.name, help_text=each.question, choices=answers, widget=forms.RadioSelect
            )
        self.categories = {each.key: each for each in categories_on(active_code(), on)}
        names = [(key, each.name) for key, each in self.categories.items()]
        _set_choices(self, proposals=list(choices), category=[("", "Choose"), *names],
                     body=[("", "Choose"), *_options("bodies")])  # fmt: skip
        order = ["proposals", "category", *(each.key for each in self.criteria)]
        self.order_fields([*order, "grounds", "determined_on", "body"])

    def given(self) -> PriorityGiven:
        """Return what was typed, with the code's own time until the review if none is named."""
        cleaned = self.cleaned_data
        return PriorityGiven(
            category=cleaned["category"],
            determined_on=cleaned["determined_on"],
            answers=self.answers(),
            grounds=cleaned["grounds"],
            body=cleaned["body"],
            direction_link=cleaned["direction_link"],
            review_by=cleaned["review_by"]
            or review_day(self.categories[cleaned["category"]], cleaned["determined_on"]),
        )

    def answers(self) -> Mapping[str, str]:
        """Return what was answered to each criterion."""
        return {each.key: self.cleaned_data[each.key] for each in self.criteria}
