"""What people and staff type about people, cleaned."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any

from django import forms

from engross.apps.parties.models import Party
from engross.apps.parties.queries import members_on, names_on
from engross.apps.registers.queries import active_code
from engross.core.people.roles import BodyRole, PartyRole
from engross.core.people.scopes import ScopeMeaning
from engross.core.people.tokens import LONGEST_DAYS

ROLES = [
    (PartyRole.USER.value, "User: reads what is the Party's own"),
    (PartyRole.ADMINISTRATOR.value, "Administrator: manages the Party's people too"),
]
_DAY = forms.DateInput(attrs={"type": "date"})
_REASON = forms.Textarea(attrs={"rows": 3})


class PartyInput(forms.TextInput):
    """A line in which a Party's name is typed, with all names to choose from."""

    template_name = "people/widgets/party.html"
    names: Iterable[str] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["names"] = self.names
        return context


class PartyField(forms.CharField):
    """Takes the name or reference of one who is a Party today, and gives the Party."""

    def __init__(self, *, on: date, **options: Any) -> None:
        self.names = {each.key: each.name for each in members_on(on)}
        widget = PartyInput(attrs={"autocomplete": "off"})
        widget.names = self.names.values()
        super().__init__(widget=widget, max_length=300, **options)

    def clean(self, value: Any) -> Any:
        """Return the Party, or None where none is given and none needed."""
        typed = super().clean(value)
        if not typed:
            return None
        wanted = typed.casefold()
        for key, name in self.names.items():
            if wanted in (name.casefold(), key.casefold()):
                return Party.objects.get(key=key)
        raise forms.ValidationError(self._not_found(typed))

    def _not_found(self, typed: str) -> str:
        near = get_close_matches(typed, self.names.values(), n=3, cutoff=0.5)
        told = f"Is it {' or '.join(near)}?" if near else "Choose from the list."
        return f"No Party has this name today. {told}"


class NewcomerForm(forms.Form):
    """Who somebody is who gets an account."""

    name = forms.CharField(
        label="Name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """Return the address as accounts keep it."""
        return str(self.cleaned_data["email"]).lower()

    def clean_name(self) -> str:
        """Return the name in one line: it stands in mails."""
        return " ".join(str(self.cleaned_data["name"]).split())


class RegistrationForm(NewcomerForm):
    """What somebody writes who asks for an account."""

    interest = forms.CharField(
        label="Or your interest",
        max_length=200,
        required=False,
        help_text="If you are of no Party: a manufacturer, an adviser, another code.",
    )
    why = forms.CharField(
        label="What do you need the account for?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data)
        self.fields["party"] = PartyField(
            on=on, label="Your Party", required=False, help_text="Type a part of its name."
        )
        self.order_fields(["name", "email", "party", "interest", "why"])

    def clean(self) -> dict[str, Any]:
        """Ask for a Party or an interest."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = cleaned.get("party") or cleaned.get("interest") or "party" in self.errors
        if not given:
            self.add_error("party", "Name your Party, or say below what your interest is.")
        return cleaned


class ApprovalForm(forms.Form):
    """As whose user a request is approved."""

    def __init__(self, data: Any = None, *, on: date, party: Party | None = None) -> None:
        name = names_on(on).get(party.key, party.label) if party else ""
        super().__init__(data, initial={"party": name, "role": PartyRole.USER.value})
        self.fields["party"] = PartyField(
            on=on, label="Party", required=False, help_text="Empty: an account of no Party."
        )
        self.fields["role"] = forms.ChoiceField(
            label="Role in the Party", choices=ROLES, widget=forms.RadioSelect
        )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label="Reason", max_length=2000, widget=_REASON)


class RefusalForm(ReasonForm):
    """Why a request is refused; it is mailed."""

    reason = forms.CharField(
        label="Reason", max_length=2000, widget=_REASON, help_text="Mailed to whoever asked."
    )


class InvitationForm(NewcomerForm):
    """Whom a Party's administrator makes one of its people."""

    role = forms.ChoiceField(
        label="Role", choices=ROLES, widget=forms.RadioSelect, initial=PartyRole.USER.value
    )


class RoleForm(forms.Form):
    """Which role somebody gets."""

    role = forms.ChoiceField(label="Role", choices=ROLES, widget=forms.RadioSelect)


class PartyMembershipForm(forms.Form):
    """As one of whose people a person is added by staff."""

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data, initial={"role": PartyRole.USER.value})
        self.fields["party"] = PartyField(on=on, label="Party")
        self.fields["role"] = forms.ChoiceField(
            label="Role in the Party", choices=ROLES, widget=forms.RadioSelect
        )


class TermForm(forms.Form):
    """A person's term on a body."""

    held_from = forms.DateField(label="From", widget=_DAY)
    held_until = forms.DateField(
        label="Until", widget=_DAY, required=False, help_text="The first day no longer a member."
    )

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data, initial={"held_from": on})
        bodies = [(each.key, each.name) for each in active_code().options("bodies", on)
                  if not each.flag("is_external")]  # fmt: skip
        self.fields["body"] = forms.ChoiceField(label="Body", choices=bodies)
        roles = [(role.value, role.value.capitalize()) for role in BodyRole]
        self.fields["role"] = forms.ChoiceField(label="Role", choices=roles)
        self.order_fields(["body", "role", "held_from", "held_until"])


class EndOfTermForm(ReasonForm):
    """From which day a term no longer holds."""

    held_until = forms.DateField(
        label="Until", widget=_DAY, help_text="The first day no longer a member."
    )
    field_order = ("held_until", "reason")


class TeamForm(forms.Form):
    """Which team a member of staff joins."""

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data)
        teams = [(each.key, each.name) for each in active_code().options("staff_teams", on)]
        self.fields["team"] = forms.ChoiceField(label="Team", choices=teams)


class ProgramForm(forms.Form):
    """A program that gets an account."""

    name = forms.CharField(label="Name", max_length=200, help_text="What the program is and does.")

    def __init__(self, data: Any = None, *, on: date, of_party: bool = False) -> None:
        super().__init__(data)
        if not of_party:
            self.fields["party"] = PartyField(
                on=on, label="Party", required=False, help_text="Empty: a program of staff."
            )


class TokenForm(forms.Form):
    """A token for a program."""

    name = forms.CharField(label="Name", max_length=100, help_text="Which program it is for.")
    days = forms.IntegerField(
        label="Days it holds", min_value=1, max_value=LONGEST_DAYS, initial=90
    )

    def __init__(self, data: Any = None, *, scopes: Iterable[ScopeMeaning]) -> None:
        super().__init__(data)
        choices = [(each.scope.value, f"{each.scope.value}: {each.meaning}") for each in scopes]
        self.fields["scopes"] = forms.MultipleChoiceField(
            label="What it may do", choices=choices, widget=forms.CheckboxSelectMultiple
        )
        self.order_fields(["name", "scopes", "days"])


class PeopleFilterForm(forms.Form):
    """Which people are looked for."""

    q = forms.CharField(label="Name or address", required=False, max_length=100,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[
            ("", "Everybody"), ("staff", "Staff"), ("authority", "The Authority"),
            ("program", "Programs"), ("closed", "Closed accounts"),
        ],
    )  # fmt: skip

    def __init__(self, data: Any = None, *, on: date) -> None:
        super().__init__(data)
        code = active_code()
        lists = {
            "party": [(each.key, each.name) for each in members_on(on)],
            "body": [(each.key, each.name) for each in code.options("bodies", on)],
            "team": [(each.key, each.name) for each in code.options("staff_teams", on)],
        }
        for name, choices in lists.items():
            self.fields[name] = forms.ChoiceField(
                label=name.capitalize(), required=False, choices=[("", "Any"), *choices]
            )
        self.order_fields(["q", "kind", "party", "body", "team"])
