"""What a person asks of the calendar."""

from datetime import date
from typing import Any

from django import forms

from engross.apps.registers.queries import active_code
from engross.core.dates.places import nations_of

_DAY = forms.DateInput(attrs={"type": "date"})
MOST_DAYS = 20_000


class CalculatorForm(forms.Form):
    """Two days to count between, or a day and a number of Working Days to add."""

    start = forms.DateField(label="From", required=False, widget=_DAY)
    end = forms.DateField(label="To", required=False, widget=_DAY)
    days = forms.IntegerField(
        label="Or add Working Days", required=False, min_value=-MOST_DAYS, max_value=MOST_DAYS,
        help_text="Leave 'To' empty. A number below 0 counts back.",
    )  # fmt: skip
    nation = forms.ChoiceField(label="Where", required=False)
    inclusive = forms.BooleanField(label="Count the first day too", required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        # Addresses that lead here say 'from' and 'to', which Python keeps for itself.
        given = data.copy()
        for word, name in (("from", "start"), ("to", "end")):
            if word in given and name not in given:
                given[name] = given[word]
        given.setdefault("start", today.isoformat())
        super().__init__(given)
        own = active_code().calendar
        choices = [(name, _words(name)) for name in nations_of(own.country)]
        field = self.fields["nation"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _words(own.nation or own.country)), *(
                each for each in choices if each[0] != own.nation)]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return what is asked; an end and a number at once say which one was meant."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("end") and cleaned.get("days") is not None:
            self.add_error("days", "Give a last day or a number of Working Days, not both.")
        return cleaned


def _words(name: str) -> str:
    """Return a nation's key as people write it: 'England and Wales'."""
    if name.isupper():
        return name
    words = [word if word == "and" else word.capitalize() for word in name.split("-")]
    return " ".join(words)
