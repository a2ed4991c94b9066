"""What a person asks of product lists and of assured devices."""

from datetime import date
from typing import Any

from django import forms

from engross.apps.registers.forms import DayField
from engross.apps.registers.queries import Asked, active_code

ANY = [("", "Any")]
_DEVICE_FILTERS = {
    "device_type": ("Type", "device_types"),
    "mode": ("Mode", "assurance_modes"),
    "region": ("Region", "assurance_regions"),
}


class AsAtForm(forms.Form):
    """The day that a page is asked about."""

    as_at = DayField(label="As at", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def day(self) -> date | None:
        """Return the day; None if none, or none that can be read, is asked for."""
        self.is_valid()
        day: date | None = self.cleaned_data.get("as_at")
        return day


class DeviceFilterForm(AsAtForm):
    """The filters of assured devices: type, mode, region and a day."""

    field_order = (*_DEVICE_FILTERS, "as_at")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name, (label, choices) in _DEVICE_FILTERS.items():
            options = {each.key: each.name for each in active_code().options(choices)}
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[*ANY, *options.items()]
            )
        self.order_fields(self.field_order)

    def asked(self, *, sort: str) -> Asked:
        """Return what is asked; a filter that cannot be read is left out."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name) for name in _DEVICE_FILTERS}
        return Asked(filters={name: key for name, key in chosen.items() if key}, sort=sort)
