"""The forms of composing: which change sets, what is decided, when it is published."""

from collections.abc import Sequence
from typing import Any

from django import forms

from engross.apps.registers.forms import DayField
from engross.apps.releases.forms.drafting import base_choices

_DAY = forms.DateInput(attrs={"type": "date"})


class ComposeForm(forms.Form):
    """The change sets that are put together, and the text that they are put into."""

    change_sets = forms.MultipleChoiceField(
        label="Change sets", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one change set."},
    )  # fmt: skip
    base_version = forms.ChoiceField(
        label="Put into the text of version",
        help_text="What was drafted on an older one is carried over.",
    )  # fmt: skip
    note = forms.CharField(label="Note", required=False, max_length=1000)

    def __init__(self, sets: Sequence[tuple[str, str]], *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        for name, choices in (("change_sets", list(sets)), ("base_version", base_choices())):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class WhyForm(forms.Form):
    """Why something is accepted or taken back."""

    reason = forms.CharField(
        label="Reason", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands in the release's document: name no person.",
    )  # fmt: skip


class DecisionForm(WhyForm):
    """What a person decides about a conflict: a side, the base, or words of their own."""

    take = forms.ChoiceField(label="What shall stand", widget=forms.RadioSelect)
    given = forms.CharField(
        label="Own words", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Only if none of the sides shall stand as it is.",
    )  # fmt: skip

    field_order = ("take", "given", "reason")

    def __init__(
        self, takes: Sequence[tuple[str, str]], *args: Any, may_give: bool, **extra: Any
    ) -> None:
        super().__init__(*args, **extra)
        field = self.fields["take"]
        own = [("given", "Own words, below")] if may_give else []
        if isinstance(field, forms.ChoiceField):
            field.choices = [*takes, *own]
        if not may_give:
            del self.fields["given"]

    def clean(self) -> dict[str, Any]:
        """Ask for the words where they are what shall stand."""
        cleaned = super().clean() or {}
        if cleaned.get("take") == "given" and not str(cleaned.get("given", "")).strip():
            self.add_error("given", "Write what shall stand instead.")
        return cleaned


class PublishForm(forms.Form):
    """The version that a composition becomes: its number and its days."""

    version = forms.CharField(label="Version number", max_length=40)
    effective_on = DayField(label="It takes effect on", widget=_DAY)
    published_on = DayField(
        label="It is published on", widget=_DAY,
        help_text="Today, or the day on which it was.",
    )  # fmt: skip
    reason = forms.CharField(label="Note", required=False, max_length=1000)
