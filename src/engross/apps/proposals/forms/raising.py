"""What is typed to describe a problem and to raise a proposal."""

from datetime import date
from typing import Any

from django import forms

from engross.apps.proposals.commands.statements import Described
from engross.apps.registers.queries import active_code

_LONG = forms.Textarea(attrs={"rows": 8})


class ProblemForm(forms.Form):
    """A problem: what is wrong, whom it affects, for whom it is raised."""

    title = forms.CharField(label="Title", max_length=300,
                            help_text="What it is about, in a few words.")  # fmt: skip
    problem = forms.CharField(label="What is the problem?", max_length=2000, widget=_LONG,
                              help_text="What is wrong today, for whom, and what happens if "
                                        "nothing changes. No solution is needed yet.")  # fmt: skip
    affected = forms.MultipleChoiceField(label="Whom does it affect?", required=False,
                                         widget=forms.CheckboxSelectMultiple)  # fmt: skip
    proposer = forms.ChoiceField(label="For whom do you raise it?")
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, organisations: list[tuple[str, str]], on: date, **extra: Any
    ) -> None:
        super().__init__(*args, **extra)
        self._categories = dict(organisations)
        names = {each.name: each.plural for each in active_code().options("party_categories", on)}
        affected: Any = self.fields["affected"]
        affected.choices = list(names.items())
        proposer: Any = self.fields["proposer"]
        proposer.choices = [(name, name) for name, _ in organisations]
        if not organisations:
            self.fields["proposer"] = forms.CharField(label="For whom do you raise it?",
                                                      max_length=200)  # fmt: skip

    def described(self) -> Described:
        """Return what was typed; only of a form that is valid."""
        cleaned = self.cleaned_data
        return Described(
            cleaned["title"], cleaned["problem"], cleaned["affected"], cleaned["proposer"],
            self._categories.get(cleaned["proposer"], ""), cleaned["token"],
        )  # fmt: skip


class CommentForm(forms.Form):
    """The administrator's comments on a problem."""

    comments = forms.CharField(label="Comments", max_length=5000, widget=_LONG)
