"""What is typed to approve a timetable."""

from typing import Any

from django import forms

from engross.apps.timetables.queries.plans import TimetableSeen
from engross.core.proposals.planning.steps import StepKind


class ApproveForm(forms.Form):
    """Which steps a proposal does not take, how long others take, and why it changes."""

    left_out = forms.MultipleChoiceField(label="Steps that it does not take", required=False,
                                         widget=forms.CheckboxSelectMultiple)  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: TimetableSeen, **extra: Any) -> None:
        super().__init__(*args, **extra)
        left_out: Any = self.fields["left_out"]
        left_out.choices = [(each.step.key, each.step.name) for each in seen.ahead]
        self._lengths = {
            f"length_{each.step.key}": each.step.key
            for each in seen.ahead
            if each.step.kind in (StepKind.WORK, StepKind.CONSULTATION)
        }
        for each in seen.ahead:
            if f"length_{each.step.key}" in self._lengths:
                self.fields[f"length_{each.step.key}"] = forms.IntegerField(
                    label=f"{each.step.name}: Working Days", min_value=0, max_value=1000,
                    required=False, help_text=f"{each.step.working_days} if left empty",
                )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label="Reason" if seen.approved else "Reason or note", max_length=2000,
            required=seen.approved is not None, widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    def lengths(self) -> dict[str, int]:
        """Return the lengths that differ from the code's, by step; only of a form that is valid."""
        typed = {key: self.cleaned_data[field] for field, key in self._lengths.items()}
        return {key: days for key, days in typed.items() if days is not None}
