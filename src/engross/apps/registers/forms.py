"""What a person typed on a register's page: filters of a list, and the cells of one entry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engross.apps.accounts.models import User
from engross.apps.registers.queries import active_code, readers_for
from engross.apps.registers.registers import Register
from engross.core.registers.cells import EARLIEST, LATEST, CellReader, CellRefused
from engross.core.registers.columns import Column, Kind
from engross.design.widgets import QuickSelect

ANY = [("", "Any")]


class DayField(forms.DateField):
    """A day that a register could have recorded; any other is no day to ask about."""

    def validate(self, value: Any) -> None:
        """Raise ValidationError for a day before the first that a cell takes, or after the last."""
        super().validate(value)
        if value is not None and not EARLIEST <= value < LATEST:
            raise ValidationError(f"Give a day from {EARLIEST} until {LATEST}.")


class CellField(forms.CharField):
    """A field that reads what was typed just as an import reads a cell."""

    def __init__(self, column: Column, reader: CellReader, **extra: Any) -> None:
        self.column, self.reader = column, reader
        super().__init__(label=column.label, help_text=_hint(column),
                         required=column.required,
                         widget=_widget(column), max_length=column.longest, **extra)  # fmt: skip

    def clean(self, value: Any) -> Any:
        """Return the value that the register stores; raises ValidationError if it is none."""
        try:
            return self.reader(value or "")
        except CellRefused as refused:
            raise ValidationError(f"Expected {refused}.") from refused


def _hint(column: Column) -> str:
    example = f" For example {column.example}." if column.example else ""
    return f"{column.meaning}.{example}"


def _widget(column: Column) -> forms.Widget:
    if column.kind is Kind.CHOICE:
        options = active_code().options(column.choices)
        names = {option.key: option.name for option in options}
        return forms.Select(choices=[("", "Choose"), *names.items()])
    if column.kind is Kind.FLAG:
        return forms.Select(choices=[("", "Choose"), ("yes", "Yes"), ("no", "No")])
    if column.kind is Kind.DAY:
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if column.kind is Kind.TEXT and column.longest > 300:
        return forms.Textarea(attrs={"rows": 4})
    return forms.TextInput()


class EntryForm(forms.Form):
    """The cells of one entry of a register."""

    def __init__(self, register: Register, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        readers = readers_for(register)
        for column in register.all_columns:
            field = CellField(column, readers[column.name])
            field.initial = column.default
            self.fields[column.name] = field


class ReasonForm(forms.Form):
    """Why something recorded is corrected or withdrawn."""

    reason = forms.CharField(
        label="Reason",
        help_text="What was wrong, and how you know. It stays in the history, which everybody "
        "can read: name no person.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
    # The row that the person looked at: a correction made meanwhile is not written over.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CorrectionForm(EntryForm, ReasonForm):
    """The cells of an entry as they should be, and why."""

    field_order = ("reason",)


class UploadForm(forms.Form):
    """A file to take into a register."""

    file = forms.FileField(label="File", help_text="CSV or XLSX, filled in after the template.")
    reason = forms.CharField(
        label="Reason", required=False, max_length=1000,
        help_text="Needed when the file corrects entries.",
    )  # fmt: skip


class StoredFileForm(forms.Form):
    """A file that goes with an entry, and its class."""

    file = forms.FileField(
        label="File", help_text="PDF, Word, Excel, PowerPoint, CSV, text, JSON, picture or ZIP."
    )
    paper_class = forms.ChoiceField(
        label="Its class", help_text="It belongs to the file: a White paper may carry an Amber one."
    )

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        classes = [(each.key, each.name) for each in active_code().options("paper_classes")]
        field = self.fields["paper_class"]
        if isinstance(field, forms.ChoiceField):
            field.choices = classes


class NamedPersonsForm(forms.Form):
    """The persons named for an entry, by the addresses that they sign in with."""

    persons = forms.CharField(
        label="E-mail addresses", required=False, max_length=20_000, widget=forms.Textarea,
        help_text="One a line. Leave it empty to name nobody.",
    )  # fmt: skip

    def clean_persons(self) -> list[User]:
        """Return the persons; raises ValidationError for an address that nobody signs in with."""
        written = self.cleaned_data["persons"].casefold().split()
        found = {each.email: each for each in User.objects.filter(email__in=written)}
        unknown = sorted(set(written) - found.keys())
        if unknown:
            raise forms.ValidationError(
                f"Nobody signs in with {', '.join(unknown[:5])}. Correct it, or take it away."
            )
        return [found[each] for each in dict.fromkeys(written)]


def initial_of(values: Mapping[str, Any], register: Register) -> dict[str, Any]:
    """Return an entry's values as its form shows them."""
    shown: dict[str, Any] = {}
    for column in register.all_columns:
        value = values[column.name]
        if column.kind is Kind.FLAG and value is not None:
            value = "yes" if value else "no"
        elif column.kind is Kind.MONTH and isinstance(value, date):
            value = f"{value:%Y-%m}"
        shown[column.name] = value
    return shown


class FilterForm(forms.Form):
    """The filters of a register's list: words, choices and a day."""

    q = forms.CharField(label="Words", required=False, max_length=200,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip

    def __init__(self, register: Register, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        for name in register.filters:
            column = register.column(name)
            options = active_code().options(column.choices)
            names = {option.key: option.name for option in options}
            self.fields[name] = forms.ChoiceField(
                label=column.label, required=False, choices=[*ANY, *names.items()],
                widget=QuickSelect,
            )  # fmt: skip
        self.fields["as_at"] = DayField(
            label="As at",
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}),
        )


class AsAtForm(forms.Form):
    """The day that a page is asked about."""

    as_at = DayField(required=False)

    def day(self) -> date | None:
        """Return the day; None if none, or none that can be read, is asked for."""
        return self.cleaned_data.get("as_at") if self.is_valid() else None
