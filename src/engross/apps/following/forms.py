"""What a person says about their follows."""

from collections.abc import Iterable
from typing import Any

from django import forms

from engross.apps.following.queries import FollowSeen
from engross.core.following import Rhythm

CHOICES = [(each.value, each.label) for each in Rhythm]
END = "end"


class FollowForm(forms.Form):
    """What is to be followed, or no longer."""

    kind = forms.CharField(max_length=20)
    key = forms.CharField(max_length=120, required=False)


class RhythmsForm(forms.Form):
    """How often to be told of each thing that is followed, and whether to follow it at all.

    A follow that the form does not name stays as it is.
    """

    def __init__(self, follows: Iterable[FollowSeen], *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.follows = list(follows)
        for each in self.follows:
            self.fields[f"follow-{each.pk}"] = forms.ChoiceField(
                label=f"How often you are told of {each.label}", required=False,
                choices=[*CHOICES, (END, "Stop following")], initial=each.rhythm.value,
            )  # fmt: skip
        self.fields["all"] = forms.ChoiceField(
            label="All of them", required=False, choices=[("", "As set above"), *CHOICES]
        )

    @property
    def rows(self) -> list[tuple[FollowSeen, forms.BoundField]]:
        """Each follow with its field."""
        return [(each, self[f"follow-{each.pk}"]) for each in self.follows]

    @property
    def chosen(self) -> dict[int, str]:
        """What was chosen for each follow that shall change, by its id."""
        for_all = self.cleaned_data["all"]
        found: dict[int, str] = {}
        for each in self.follows:
            own = self.cleaned_data[f"follow-{each.pk}"]
            chosen = own if own == END else for_all or own
            if chosen and chosen != each.rhythm.value:
                found[each.pk] = chosen
        return found
