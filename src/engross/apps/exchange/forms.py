"""What a person types about a webhook."""

from collections.abc import Iterable
from typing import Any

from django import forms

from engross.apps.accounts.models import User
from engross.apps.registers.registers import all_registers
from engross.core.exchange import Kind


class WebhookForm(forms.Form):
    """A webhook: where to, in whose name, of what."""

    url = forms.CharField(
        label="Address", max_length=500, help_text="Where your program takes messages: https://…"
    )

    def __init__(self, data: Any = None, *, owners: Iterable[User]) -> None:
        super().__init__(data)
        self._owners = {str(each.pk): each for each in owners}
        if len(self._owners) > 1:
            self.fields["owner"] = forms.ChoiceField(
                label="In whose name", help_text="It is told what they may read.",
                choices=[(key, str(each)) for key, each in self._owners.items()],
            )  # fmt: skip
        self.fields["kinds"] = forms.MultipleChoiceField(
            label="Kinds of change", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(each.value, each.meaning) for each in Kind], help_text="None means all.",
        )  # fmt: skip
        self.fields["registers"] = forms.MultipleChoiceField(
            label="Registers", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(each.name, each.title)
                     for each in sorted(all_registers(), key=lambda register: register.title)],
            help_text="None means all.",
        )  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """Return what was typed as `add_webhook` takes it; only of a form that is valid."""
        cleaned = self.cleaned_data
        owner = cleaned.get("owner") or next(iter(self._owners))
        return {
            "owner": self._owners[owner], "url": cleaned["url"],
            "kinds": cleaned["kinds"], "registers": cleaned["registers"],
        }  # fmt: skip
