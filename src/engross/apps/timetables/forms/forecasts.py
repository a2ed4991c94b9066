"""What a person asks of the list of forecasts."""

from datetime import date
from typing import Any

from django import forms

from engross.apps.registers.forms import DayField
from engross.apps.registers.queries import active_code
from engross.apps.timetables.queries import ForecastsAsked

ANY = [("", "Any")]


class ForecastFilterForm(forms.Form):
    """The filters of the list of forecasts."""

    stage = forms.ChoiceField(label="Stage", required=False)
    route = forms.ChoiceField(label="Route", required=False)
    as_at = DayField(label="As at", required=False,
                     widget=forms.DateInput(attrs={"type": "date"}))  # fmt: skip

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        code = active_code()
        stages = {each.key: each.text("printed") for each in code.options("proposal_stages")
                  if each.flag("is_open") or each.text("counted_as") == "approved"}  # fmt: skip
        routes = {each.key: each.name for each in code.options("proposal_routes")
                  if not each.flag("is_flag")}  # fmt: skip
        for name, choices in (("stage", stages), ("route", routes)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*ANY, *choices.items()]

    def asked(self, *, on: date, sort: str) -> ForecastsAsked:
        """Return what is asked; a filter that cannot be read, or a day to come, is left out."""
        self.is_valid()
        return ForecastsAsked(
            day=min(self.cleaned_data.get("as_at") or on, on),
            stage=self.cleaned_data.get("stage", ""),
            route=self.cleaned_data.get("route", ""),
            sort=sort,
        )
