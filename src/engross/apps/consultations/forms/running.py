"""What staff type to open, extend, decide and publish; and what finds a consultation."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from engross.apps.consultations.models import Question
from engross.apps.registers.queries import active_code

_DAY = forms.DateInput(attrs={"type": "date"})
_REASON = forms.Textarea(attrs={"rows": 3})


class OpenForm(forms.Form):
    """Until when a consultation is open."""

    closes_on = forms.DateField(label="Last day for answers", widget=_DAY)


class ExtendForm(forms.Form):
    """Until when a consultation stays open, and why."""

    until = forms.DateField(label="New last day for answers", widget=_DAY)
    reason = forms.CharField(label="Reason", max_length=2000, widget=_REASON,
                             help_text="Anyone reads it.")  # fmt: skip


class LateForm(forms.Form):
    """What is decided about a late answer."""

    decision = forms.ChoiceField(
        label="This late answer", widget=forms.RadioSelect,
        choices=[("taken", "is taken in, and counts"), ("left-out", "is left out")],
    )  # fmt: skip
    reason = forms.CharField(label="Reason", max_length=2000, widget=_REASON)


class OutcomeForm(forms.Form):
    """What people said and what was done, question by question."""

    conclusion = forms.CharField(
        label="What came of it", required=False, max_length=5000, widget=_REASON,
        help_text="In a few sentences, for somebody who reads nothing else.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, questions: Iterable[Question]) -> None:
        self.questions = list(questions)
        super().__init__(data)
        for each in self.questions:
            for name, label, kept in (("said", "You said", each.you_said),
                                      ("did", "We did", each.we_did)):  # fmt: skip
                self.fields[f"q{each.number}_{name}"] = forms.CharField(
                    label=f"{label} (question {each.number})", required=False, max_length=5000,
                    widget=forms.Textarea(attrs={"rows": 3}), initial=kept,
                )  # fmt: skip

    def groups(self) -> Iterator[tuple[Question, list[forms.BoundField]]]:
        """Yield each question with its two fields."""
        for each in self.questions:
            yield each, [self[f"q{each.number}_said"], self[f"q{each.number}_did"]]

    def said_and_done(self) -> dict[int, tuple[str, str]]:
        """Return both texts by the number of the question."""
        cleaned = self.cleaned_data
        return {each.number: (cleaned[f"q{each.number}_said"], cleaned[f"q{each.number}_did"])
                for each in self.questions}  # fmt: skip


class SearchForm(forms.Form):
    """What finds a consultation in the list."""

    q = forms.CharField(label="Words", required=False, max_length=200,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip
    kind = forms.ChoiceField(label="Kind", required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        kinds = sorted(active_code().options("consultation_kinds"), key=lambda e: e.number("order"))
        self.fields["kind"].choices = [("", "Any"), *((e.key, e.name) for e in kinds)]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """Return what was asked; what is none of the choices asks for all."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return {"words": cleaned.get("q", ""), "kind": cleaned.get("kind", "")}
