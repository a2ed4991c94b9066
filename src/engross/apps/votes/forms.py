"""What a person typed on the pages of votes and seats."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms

from engross.apps.accounts.models import User
from engross.apps.meetings.models import Meeting
from engross.apps.people.models import BodyMembership
from engross.apps.proposals.models import Proposal, ProposalDetails
from engross.apps.proposals.queries import proposal_called
from engross.apps.registers.queries import active_code
from engross.apps.votes.commands import VoteAsked, reasons_against_vote
from engross.apps.votes.queries import State, VotesAsked
from engross.core.voting import Choice, Electorate, SeatKey, bodies_with_votes, rules_of
from engross.design.parts import reason

ANY = [("", "Any")]
_WORDS = forms.Textarea(attrs={"rows": 3})


def moment_field(label: str, **extra: Any) -> forms.DateTimeField:
    """Return a field for a moment: a day and a time where the code holds."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **extra)


def seat_value(key: SeatKey) -> str:
    """Return how a form writes a seat."""
    return f"{key.group}/{key.place}"


def seat_of(value: str) -> SeatKey:
    """Return the seat that a form wrote; one that there is not is for the rules to refuse."""
    group, _, place = value.partition("/")
    return SeatKey(group, place)


def seat_choices(electorate: Electorate, *, only_voting: bool = True) -> list[tuple[str, str]]:
    """Return the seats of a body as a form lists them: group, place, and who holds them."""
    groups = electorate.voting_groups if only_voting else electorate.groups
    return [
        (seat_value(seat.key), seat_words(electorate, seat.key))
        for group in groups
        for seat in electorate.seats_in(group.key)
    ]


def seat_words(electorate: Electorate, key: SeatKey) -> str:
    """Return what a seat is called, such as 'Networks 2: Invented Pipes'."""
    names = {each.key: each.name for each in electorate.groups}
    seat = electorate.by_key.get(key)
    held = f": {seat.organisation or 'held'}" if seat and not seat.is_vacant else ": vacant"
    alone = len(electorate.seats_in(key.group)) == 1 and key.place == "1"
    place = "" if alone else f" {key.place}" if key.place.isdigit() else f", {key.place}"
    return f"{names.get(key.group, key.group)}{place}{held}"


class VoteFilterForm(forms.Form):
    """Which votes are asked for."""

    q = forms.CharField(label="Words", required=False, max_length=200,
                        widget=forms.TextInput(attrs={"type": "search"}))  # fmt: skip
    body = forms.ChoiceField(label="Body", required=False)
    state = forms.ChoiceField(
        label="Standing", required=False,
        choices=[*ANY, *((each.value, each.value.capitalize()) for each in State)],
    )  # fmt: skip

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        code = active_code()
        voting = {each.text("body") for each in code.options("body_seats")}
        bodies = {each.key: each.name for each in code.options("bodies") if each.key in voting}
        self.fields["body"] = forms.ChoiceField(
            label="Body", required=False, choices=[*ANY, *bodies.items()]
        )

    def asked(self) -> VotesAsked:
        """Return what is asked; a filter that cannot be read is left out."""
        self.is_valid()
        state = self.cleaned_data.get("state")
        return VotesAsked(
            body=self.cleaned_data.get("body", ""),
            state=State(state) if state else None,
            words=self.cleaned_data.get("q", ""),
        )


class OpenVoteForm(forms.Form):
    """A vote to open."""

    body = forms.ChoiceField(label="Body")
    proposal = forms.CharField(label="Proposal", required=False, max_length=40,
                               help_text="Its identifier, if it is about one.")  # fmt: skip
    alternative = forms.CharField(
        label="Alternative", required=False, max_length=120,
        help_text="The name of an alternative on record, such as A; each has a vote of its own.",
    )  # fmt: skip
    title = forms.CharField(label="Question", required=False, max_length=300,
                            help_text="Empty: the proposal's own title.")  # fmt: skip
    decides = forms.ChoiceField(
        label="What the vote does", required=False,
        choices=[("", "As the proposal's route says"), ("decides", "It decides"),
                 ("recommends", "It recommends, and another decides")],
    )  # fmt: skip
    meeting = forms.CharField(
        label="Meeting", required=False, max_length=120,
        help_text="Its lasting name, such as CB_60, if it is at one.",
    )  # fmt: skip
    opens_at = moment_field("Opens")
    closes_at = moment_field("Closes", help_text="At this moment no ballot is taken any more.")
    rule = forms.ChoiceField(label="Rule of counting")
    paper_class = forms.ChoiceField(label="Class", help_text="Who may see the vote and its result.")

    def __init__(self, data: Any = None, *, at: datetime, initial: Mapping[str, Any]) -> None:
        code, on = active_code(), at.date()
        # Who comes for one body begins with a rule that it counts by.
        own = [rule.key for rule in rules_of(code, initial.get("body", ""), on)]
        super().__init__(data, initial={"opens_at": at, "rule": next(iter(own), None), **initial})
        bodies = bodies_with_votes(code, on)
        names = {each.key: each.name for each in code.options("bodies")}
        rules = {rule.key: f"{names[body]}: {rule.name}"
                 for body in bodies for rule in rules_of(code, body, on)}  # fmt: skip
        classes = {each.key: each.name for each in code.options("paper_classes")}
        for name, choices in (
            ("body", {body: names[body] for body in bodies}), ("rule", rules),
            ("paper_class", classes),
        ):  # fmt: skip
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [*choices.items()]

    def clean_proposal(self) -> Proposal | None:
        """Return the proposal that is named; raises ValidationError if there is none such."""
        name = self.cleaned_data["proposal"].strip()
        found = proposal_called(name) if name else None
        if name and found is None:
            raise forms.ValidationError("No proposal is called that.")
        return found

    def clean_meeting(self) -> Meeting | None:
        """Return the meeting that is named; raises ValidationError if there is none such."""
        name = self.cleaned_data["meeting"].strip()
        found = Meeting.objects.filter(key__iexact=name).first() if name else None
        if name and found is None:
            raise forms.ValidationError("No meeting bears that name.")
        return found

    def clean(self) -> dict[str, Any]:
        """Find the question, and tell at once what speaks against the vote."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        cleaned["title"] = cleaned["title"] or _title_of(cleaned["proposal"])
        if not cleaned["title"]:
            self.add_error("title", "Say what is voted on, or name a proposal.")
            return cleaned
        reasons = reasons_against_vote(asked_by(cleaned))
        if reasons:
            self.add_error(None, [reason(each) for each in reasons])
        return cleaned


def _title_of(proposal: Proposal | None) -> str:
    if proposal is None:
        return ""
    rows = ProposalDetails.objects.known_at(None).filter(proposal=proposal)
    title = rows.values_list("title", flat=True).first() or ""
    return f"{proposal.label} {title}"[:300]


def asked_by(cleaned: Mapping[str, Any]) -> VoteAsked:
    """Return the vote that a clean form asks to open."""
    decides = {"decides": False, "recommends": True}.get(cleaned["decides"])
    names = ("body", "title", "rule", "paper_class", "opens_at", "closes_at", "proposal",
             "alternative", "meeting")  # fmt: skip
    return VoteAsked(**{name: cleaned[name] for name in names}, is_recommendation=decides)


class BallotForm(forms.Form):
    """What somebody answers, why, and what they say of each objective."""

    choice = forms.ChoiceField(label="Your answer", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Reason", required=False, max_length=2000, widget=_WORDS,
        help_text="It is published with the result: name no person.",
    )  # fmt: skip
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, choices: Iterable[Choice], initial: Mapping[str, Any] = {}
    ) -> None:
        super().__init__(data, initial=dict(initial))
        listed = list(choices)
        needing = [each.name for each in listed if each.needs_reason]
        self.fields["choice"] = forms.ChoiceField(
            label="Your answer", widget=forms.RadioSelect,
            choices=[(each.key, each.name) for each in listed],
            help_text=f"{' and '.join(needing)} need a reason." if needing else "",
        )  # fmt: skip
        for option in self.objectives():
            self.fields[option.key] = forms.CharField(
                label=f"({option.text('letter')}) {option.name}", required=False, max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}), help_text=option.text("sentence"),
            )  # fmt: skip

    @staticmethod
    def objectives() -> tuple[Any, ...]:
        """Return the objectives on which views are given."""
        return active_code().options("code_objectives")

    def views(self) -> dict[str, str]:
        """Return what was said of each objective."""
        return {each.key: self.cleaned_data[each.key] for each in self.objectives()}

    @property
    def objective_fields(self) -> list[forms.BoundField]:
        """The fields of the objectives, for a part of the form that opens."""
        return [self[each.key] for each in self.objectives()]


class RecordBallotForm(BallotForm):
    """A ballot that the secretary records."""

    def __init__(
        self, data: Any = None, *, choices: Iterable[Choice], electorate: Electorate,
        people: Mapping[int, str], at: datetime,
    ) -> None:  # fmt: skip
        super().__init__(data, choices=choices, initial={"cast_at": at})
        self.fields["choice"].label = "Answer"
        self.fields["choice"].widget = forms.Select(choices=self.fields["choice"].choices)  # type: ignore[attr-defined]
        self.fields["seat"] = forms.ChoiceField(label="Seat", choices=seat_choices(electorate))
        self.fields["person"] = forms.ChoiceField(
            label="Given by", required=False,
            choices=[("", "Somebody without an account"),
                     *((str(key), name) for key, name in people.items())],
        )  # fmt: skip
        self.fields["cast_at"] = moment_field("When it was given")
        self.fields["replace"] = forms.BooleanField(
            label="Replace the ballot that this seat has", required=False
        )
        del self.fields["replaces"]
        self.order_fields(["seat", "person", "cast_at", "choice", "reason", "replace"])

    def person(self) -> User | None:
        """Return who gave the ballot; None where they have no account."""
        number = self.cleaned_data["person"]
        return User.objects.get(pk=int(number)) if number else None


class SeatForm(forms.Form):
    """Which of a body's people sits on which seat."""

    def __init__(
        self, data: Any = None, *, terms: Iterable[BodyMembership], electorate: Electorate, on: date
    ) -> None:
        super().__init__(data)
        listed = [(str(each.pk), f"{each.user} ({each.role})") for each in terms]
        self.fields["term"] = forms.ChoiceField(
            label="Who", choices=listed,
            help_text="People with a term on this body and no seat. An alternate stands in.",
        )  # fmt: skip
        self.fields["seat"] = forms.ChoiceField(
            label="Seat", choices=seat_choices(electorate, only_voting=False)
        )


class WhyForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label="Reason", max_length=1000, widget=_WORDS,
                             help_text="Everybody who sees the vote can read it.")  # fmt: skip
