"""What a person asks of the list of proposals."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from engross.apps.proposals.queries import (
    NO_PRIORITY,
    ProposalsAsked,
    analyst_choices,
    release_choices,
)
from engross.apps.registers.forms import DayField
from engross.apps.registers.queries import active_code
from engross.core.dates.months import Month
from engross.design.widgets import QuickSelect

ANY = [("", "Any")]
# In months.
AGES = (
    ("6", "More than 6 months ago"),
    ("12", "More than a year ago"),
    ("24", "More than 2 years ago"),
    ("36", "More than 3 years ago"),
)


def choices_of(name: str, *, printed: bool = False) -> list[tuple[str, str]]:
    """Return the options of a list of the code, each once, with 'Any' before them."""
    options = active_code().options(name)
    names = {each.key: each.text("printed") if printed else each.name for each in options}
    return [*ANY, *names.items()]


class QuickChoice(forms.ChoiceField):
    """A choice of one among many."""

    widget = QuickSelect


class ProposalFilterForm(forms.Form):
    """The filters of the list of proposals."""

    q = forms.CharField(label="Words", required=False, max_length=200,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip
    stage = QuickChoice(label="Stage", required=False)
    route = QuickChoice(label="Route", required=False)
    category = QuickChoice(label="Raised by", required=False)
    affects = QuickChoice(label="Affects", required=False)
    priority = QuickChoice(label="Priority", required=False)
    waits_on = QuickChoice(label="Whose move", required=False)
    analyst = QuickChoice(label="Lead analyst", required=False)
    older = QuickChoice(label="Raised", required=False, choices=[*ANY, *AGES])
    release = QuickChoice(label="Release", required=False)
    as_at = DayField(label="As at", required=False,
                            widget=forms.DateInput(attrs={"type": "date"}))  # fmt: skip
    open = forms.BooleanField(label="Open only", required=False)
    urgent = forms.BooleanField(label="Urgent only", required=False)

    def __init__(self, *args: Any, shows_analysts: bool = False, **extra: Any) -> None:
        super().__init__(*args, **extra)
        priorities = choices_of("priority_categories")
        if not shows_analysts:
            del self.fields["analyst"]
        if priorities == ANY:
            del self.fields["priority"]
        chosen: dict[str, list[tuple[str, str]]] = {
            "stage": choices_of("proposal_stages", printed=True),
            "route": choices_of("proposal_routes"),
            "category": choices_of("party_categories"),
            "affects": choices_of("party_categories"),
            "release": [*ANY, *release_choices()],
            "priority": [*priorities, (NO_PRIORITY, "None yet")],
            "waits_on": [*ANY, *_movers()],
            "analyst": [*ANY, *analyst_choices()] if shows_analysts else [],
        }
        for name, choices in chosen.items():
            field = self.fields.get(name)
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
            priority=cleaned.get("priority", ""),
            waits_on=cleaned.get("waits_on", ""),
            urgent_only=cleaned.get("urgent", False),
            raised_before=_raised_before(cleaned.get("older", ""), cleaned.get("as_at") or on),
            analyst=cleaned.get("analyst", ""),
            sort=sort,
        )


def _movers() -> list[tuple[str, str]]:
    """Return the bodies whose move an open proposal can be, by the code's stages and routes."""
    code = active_code()
    keys = [body for each in code.options("proposal_stages") if each.flag("is_open")
            for body in each.texts("decided_by")]  # fmt: skip
    keys += [body for each in code.options("proposal_routes") for body in each.texts("decided_by")]
    return [(key, code.option("bodies", key).name) for key in dict.fromkeys(keys)]


def _raised_before(months: str, day: date) -> date | None:
    if not months:
        return None
    month = Month.of(day).plus(-int(months))
    return month.first_day.replace(day=min(day.day, month.length_days))


def plain_query(asked: QueryDict) -> str:
    """Return what a query asks of the list, always written alike; nothing if it asks nothing."""
    names = [*ProposalFilterForm.base_fields, "sort"]
    found = {name: asked.get(name, "").strip() for name in names}
    return urlencode({name: value for name, value in found.items() if value})


class SaveFilterForm(forms.Form):
    """A name for what the list was asked, and whether the list begins with it."""

    name = forms.CharField(label="Name", max_length=60)
    is_default = forms.BooleanField(
        label="Begin with it", required=False,
        help_text="The list shows it when you open it.",
    )  # fmt: skip
