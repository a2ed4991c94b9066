"""What is typed to move a proposal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from engross.apps.accounts.models import User
from engross.apps.proposals.queries import proposal_called, proposals_near
from engross.apps.registers.forms import DayField
from engross.apps.registers.queries import active_code
from engross.core.proposals.framework.rules import MoveRule

_REASON = forms.Textarea(attrs={"rows": 3})


class MoveForm(forms.Form):
    """The day of a move, and what else this one asks for."""

    on = DayField(label="Day", help_text="The day on which it happened.")
    seen = forms.IntegerField(widget=forms.HiddenInput)
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        rule: MoveRule,
        today: date,
        splits: bool,
        has_route: bool,
        organisations: Sequence[str] = (),
        **extra: Any,
    ) -> None:
        super().__init__(*args, **extra)
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        if rule.asks_route:
            routes = [(each.key, each.name) for each in active_code().options("proposal_routes")
                      if not each.flag("is_flag") and not each.flag("is_outside")]  # fmt: skip
            self.fields["route"] = forms.ChoiceField(
                label="Route", choices=[("", "As it is" if has_route else "Choose one"), *routes],
                required=not has_route,
            )  # fmt: skip
        if rule.takes_over:
            self.fields["proposer"] = _party_field(organisations)
        if rule.joins:
            self.fields["into"] = OtherField(
                label="The proposal that goes on", max_length=40,
                help_text="Its identifier, such as MP078. This one ends, and leads to it.",
            )  # fmt: skip
        if splits:
            self.fields["parts"] = PartsField(
                label="Titles of the parts", help_text="One a line; the first becomes part A."
            )
        self.fields["reason"] = forms.CharField(
            label="Reason" if rule.needs_reason else "Reason or note",
            required=rule.needs_reason, widget=_REASON, max_length=2000,
        )  # fmt: skip


def _party_field(organisations: Sequence[str]) -> forms.CharField | forms.ChoiceField:
    """Return a field for the Party that takes a proposal over: one's own, or any by its name."""
    label, does = "Party that takes it over", "It is the Proposer from then on."
    if organisations:
        return forms.ChoiceField(label=label, choices=[(name, name) for name in organisations],
                                 help_text=does)  # fmt: skip
    return forms.CharField(label=label, max_length=200,
                           help_text=f"Its name as registered. {does}")  # fmt: skip


class PartsField(forms.CharField):
    """Takes titles, one a line, and gives them as a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> Any:
        """Return the titles that are not empty; a confirmed form hands in the list again."""
        typed = super().clean(value)
        titles = [line.strip() for line in typed.splitlines() if line.strip()]
        if len(titles) < 2:
            raise forms.ValidationError("Give at least two titles, one a line.")
        if any(len(title) > 300 for title in titles):
            raise forms.ValidationError("A title has at most 300 characters.")
        return titles


class OtherField(forms.CharField):
    """Takes a proposal's identifier, in any form it has had, and gives the proposal."""

    def clean(self, value: Any) -> Any:
        """Return the proposal that is called so."""
        typed = super().clean(value)
        found = proposal_called(typed)
        if found is None:
            near = ", ".join(proposals_near(typed))
            raise forms.ValidationError(
                f"No proposal is called {typed}.{f' Near it: {near}.' if near else ''}"
            )
        return found


class UndoForm(forms.Form):
    """Why a move is taken back."""

    reason = forms.CharField(label="Reason", widget=_REASON, max_length=2000)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class StaffField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Takes a member of the staff."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name, or the address of who has none."""
        return str(obj)


class HandOverForm(forms.Form):
    """To whom a proposal is given, from when on, and why."""

    to = StaffField(label="Analyst", queryset=User.objects.none())
    on = DayField(label="From")
    reason = forms.CharField(label="Reason", required=False, widget=_REASON,
                             max_length=2000)  # fmt: skip

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        staff = User.objects.filter(is_staff=True, is_active=True).order_by("name", "email")
        field: Any = self.fields["to"]
        field.queryset = staff


class AbsenceForm(forms.Form):
    """Who is away, from when until when, and who does their work meanwhile."""

    person = StaffField(label="Who is away?", queryset=User.objects.none())
    stand_in = StaffField(label="Who stands in?", queryset=User.objects.none())
    first = DayField(label="From")
    until = DayField(label="Back on", required=False,
                     help_text="The first day on which they are here again.")  # fmt: skip

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        staff = User.objects.filter(is_staff=True, is_active=True).order_by("name", "email")
        for name in ("person", "stand_in"):
            field: Any = self.fields[name]
            field.queryset = staff


class EndAbsenceForm(forms.Form):
    """From which day somebody is back."""

    back = DayField(label="Back on", help_text="The first day on which they are here again.")
