"""What a person asks of the list of Parties."""

from datetime import date
from typing import Any

from django import forms

from engross.apps.parties.queries import PartiesAsked
from engross.apps.registers.forms import DayField
from engross.apps.registers.queries import active_code
from engross.design.widgets import QuickSelect


def entry_words() -> str:
    """Return what the code calls the process of entry: the shortest name of its first one."""
    for option in active_code().options("market_entry_processes"):
        if not option.flag("is_test"):
            return option.text("abbreviation")
    return "Entry"


class PartyFilterForm(forms.Form):
    """The filters of the list of Parties."""

    q = forms.CharField(label="Words", required=False, max_length=200,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip
    category = forms.ChoiceField(label="Category", required=False, widget=QuickSelect)
    entered = forms.ChoiceField(label="Entry", required=False, widget=QuickSelect)
    as_at = DayField(label="As at", required=False,
                            widget=forms.DateInput(attrs={"type": "date"}))  # fmt: skip
    in_default = forms.BooleanField(label="In default", required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        options = active_code().options("party_categories")
        names = {option.key: option.name for option in options}
        entry = entry_words()
        self.fields["entered"].label = entry
        for name, choices in (
            ("category", names),
            ("entered", {"yes": f"{entry} completed", "no": f"{entry} not completed"}),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "Any"), *choices.items()]

    def asked(self, *, on: date, sort: str) -> PartiesAsked:
        """Return what is asked; a filter that cannot be read is left out."""
        self.is_valid()
        cleaned = self.cleaned_data
        return PartiesAsked(
            on=on,
            as_at=cleaned.get("as_at"),
            words=cleaned.get("q", ""),
            category=cleaned.get("category", ""),
            entered=cleaned.get("entered", ""),
            in_default=cleaned.get("in_default", False),
            sort=sort,
        )
