"""What a person asks of the list of proposals."""

from datetime import date
from typing import Any

from django import forms

from engross.apps.proposals.queries import ProposalsAsked, release_choices
from engross.apps.registers.forms import DayField
from engross.apps.registers.queries import active_code

ANY = [("", "Any")]


def choices_of(name: str, *, printed: bool = False) -> list[tuple[str, str]]:
    """Return the options of a list of the code, each once, with 'Any' before them."""
    options = active_code().options(name)
    names = {each.key: each.text("printed") if printed else each.name for each in options}
    return [*ANY, *names.items()]


class ProposalFilterForm(forms.Form):
    """The filters of the list of proposals."""

    q = forms.CharField(label="Words", required=False, max_length=200,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip
    stage = forms.ChoiceField(label="Stage", required=False)
    route = forms.ChoiceField(label="Route", required=False)
    category = forms.ChoiceField(label="Raised by", required=False)
    affects = forms.ChoiceField(label="Affects", required=False)
    release = forms.ChoiceField(label="Release", required=False)
    as_at = DayField(label="As at", required=False,
                            widget=forms.DateInput(attrs={"type": "date"}))  # fmt: skip
    open = forms.BooleanField(label="Open only", required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        chosen: dict[str, list[tuple[str, str]]] = {
            "stage": choices_of("proposal_stages", printed=True),
            "route": choices_of("proposal_routes"),
            "category": choices_of("party_categories"),
            "affects": choices_of("party_categories"),
            "release": [*ANY, *release_choices()],
        }
        for name, choices in chosen.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def asked(self, *, on: date, sort: str) -> ProposalsAsked:
        """Return what is asked; a filter that cannot be read is left out."""
        self.is_valid()
        cleaned = self.cleaned_data
        return ProposalsAsked(
            on=on,
            as_at=cleaned.get("as_at"),
            words=cleaned.get("q", ""),
            stage=cleaned.get("stage", ""),
            open_only=cleaned.get("open", False),
            route=cleaned.get("route", ""),
            category=cleaned.get("category", ""),
            affects=cleaned.get("affects", ""),
            release=cleaned.get("release", ""),
            sort=sort,
        )
