"""What a person asks of the events."""

from datetime import date
from typing import Any

from django import forms

from engross.apps.audit.queries import actions_known


class EventFilter(forms.Form):
    """Which events to list; what is no day is told and left out."""

    words = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    action = forms.ChoiceField(required=False)
    by = forms.CharField(required=False, max_length=200, label="By whom")
    first = forms.DateField(
        required=False, label="From", widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        required=False, label="To", widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", "All"), *((each, each) for each in actions_known())]
        self.fields["action"].choices = kinds  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """Return what was asked for and understood, as `events_found` takes it."""
        self.is_valid()
        told: dict[str, str | date | None] = dict(getattr(self, "cleaned_data", {}))
        return {name: value for name, value in told.items() if value}
