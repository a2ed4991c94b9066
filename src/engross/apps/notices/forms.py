"""What a person chooses to be told of."""

from collections.abc import Iterable
from typing import Any

from django import forms

from engross.apps.notices.queries import Choice


class ChoicesForm(forms.Form):
    """Of which events a person wants mail."""

    wanted = forms.MultipleChoiceField(
        label="Send me mail of these", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, choices: Iterable[Choice], *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        listed = list(choices)
        field = self.fields["wanted"]
        field.choices = [  # type: ignore[attr-defined]
            (each.event.key, f"{each.event.name}: when {each.event.text('sent_when')}")
            for each in listed
        ]
        field.initial = [each.event.key for each in listed if each.is_wanted]
