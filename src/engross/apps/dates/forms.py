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

    start = forms.DateField(label="From", widget=_DAY)
    end = forms.DateField(label="To", required=False, widget=_DAY)
    days = forms.IntegerField(
        label="Or so many Working Days later",
        required=False,
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text="Instead of 'To'. A number below 0 counts back.",
    )
    inclusive = forms.BooleanField(label="Count the first day too", required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        # Addresses that lead here say 'from' and 'to', which Python keeps for itself.
        given = data.copy()
        for word, name in (("from", "start"), ("to", "end")):
            if word in given and name not in given:
                given[name] = given[word]
        own = active_code().calendar
        given.setdefault("start", today.isoformat())
        given.setdefault("nation", own.nation or "")
        super().__init__(given)
        names = nations_of(own.country)
        self.fields["nation"] = forms.ChoiceField(
            label="Where", required=bool(own.nation), choices=_nations(own.nation, names)
        )
        self.order_fields(("start", "end", "days", "nation", "inclusive"))
        if not names:
            del self.fields["nation"]

    def clean(self) -> dict[str, Any]:
        """Return what is asked; an end and a number at once say which one was meant."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("end") and cleaned.get("days") is not None:
            self.add_error("days", "Give a last day or a number of Working Days, not both.")
        return cleaned


def _nations(own: str | None, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the places to choose from; the whole country first where the code names no part."""
    whole = [] if own else [("", "The whole country")]
    return [*whole, *((name, place_name(name)) for name in names)]


def place_name(name: str) -> str:
    """Return a nation's key as people write it: 'England and Wales'."""
    if name.isupper():
        return name
    words = [word if word == "and" else word.capitalize() for word in name.split("-")]
    return " ".join(words)
