"""What is typed to raise a proposal in another way than by describing a problem."""

from datetime import date
from typing import Any

from django import forms

from engross.apps.proposals.commands import Instrument
from engross.apps.registers.forms import DayField
from engross.apps.registers.queries import active_code

_LONG = forms.Textarea(attrs={"rows": 6})


class BeginForm(forms.Form):
    """What a proposal is about, who raised it and when; of an order also its paper and day."""

    title = forms.CharField(label="Title", max_length=300)
    summary = forms.CharField(label="What is it about?", max_length=2000, widget=_LONG)
    affected = forms.MultipleChoiceField(label="Whom does it affect?", required=False,
                                         widget=forms.CheckboxSelectMultiple)  # fmt: skip
    on = DayField(label="Day", help_text="The day on which it was raised or made.")
    proposer = forms.CharField(label="Raised by", max_length=200)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, is_outside: bool, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        categories = active_code().options("party_categories", today)
        affected: Any = self.fields["affected"]
        affected.choices = list({each.name: each.plural for each in categories}.items())
        if is_outside:
            self._ask_for_paper()

    def _ask_for_paper(self) -> None:
        del self.fields["proposer"]
        self.fields["effective_on"] = DayField(
            label="Takes effect on", help_text="The day from which the code reads as changed."
        )
        self.fields["paper"] = forms.CharField(
            label="Title of the paper", max_length=300,
            help_text="The letter or notice by which it is made. Its file is added on its page.",
        )  # fmt: skip
        self.fields["link"] = forms.URLField(
            label="Where it is published", required=False, max_length=300,
            assume_scheme="https",
        )  # fmt: skip

    def instrument(self) -> Instrument:
        """Return the paper and the day that were typed; only of a valid form that asks for them."""
        told = self.cleaned_data
        return Instrument(told["paper"], told["effective_on"], told["link"])
