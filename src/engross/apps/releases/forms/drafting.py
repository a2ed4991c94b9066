"""The forms of drafting: a change set as a file, its class, its parts."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from engross.apps.legaltext.queries import text_editions
from engross.apps.registers.queries import active_code

MOST_BYTES = 10 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()-]*")


def base_choices() -> list[tuple[str, str]]:
    """Return the versions whose text is here, the newest first."""
    versions = [each for each in text_editions() if each.version]
    return [
        (each.version, f"{each.version}, from {each.effective_on:%-d %B %Y}")
        for each in reversed(versions)
    ]


class DraftForm(forms.Form):
    """A change set as a file, and the text that it was drafted on.

    `payload` is the change set as it was understood, once the person saw it; `seen` the version
    that they saw of a set that is there already.
    """

    name = forms.CharField(
        label="Name", max_length=120,
        help_text="Letters, digits, spaces, dots and hyphens: it stands in the page's address.",
    )  # fmt: skip
    title = forms.CharField(label="What it does", max_length=300, required=False)
    proposal = forms.CharField(
        label="Proposal", max_length=40, required=False,
        help_text="Such as MP078. Leave it empty for a change that has none.",
    )  # fmt: skip
    base_version = forms.ChoiceField(label="Drafted on version")
    document = forms.CharField(
        label="Document", max_length=120, required=False,
        help_text="Which document the file is, such as Section D. A change set names its own.",
    )  # fmt: skip
    file = forms.FileField(
        label="File", required=False,
        help_text="Word with tracked changes, or a change set as JSON.",
    )  # fmt: skip
    note = forms.CharField(
        label="Note", required=False, max_length=1000,
        help_text="What is new in this version. Everybody who may read the set reads it.",
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    payload = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        field = self.fields["base_version"]
        if isinstance(field, forms.ChoiceField):
            field.choices = base_choices()

    def clean_name(self) -> str:
        """Return the name; one that an address cannot carry is refused."""
        name = str(self.cleaned_data["name"]).strip()
        if not _NAME.fullmatch(name):
            raise forms.ValidationError("Use letters, digits, spaces, dots and hyphens.")
        return name

    def clean(self) -> dict[str, Any]:
        """Ask for the file where nothing was understood yet."""
        cleaned = super().clean() or {}
        given = cleaned.get("file")
        if not given and not cleaned.get("payload"):
            self.add_error("file", "Choose the file that holds the change.")
        elif given and given.size > MOST_BYTES:
            self.add_error("file", "It is larger than 10 MB. Split it by documents.")
        return cleaned


class ClassForm(forms.Form):
    """Who may read a change set."""

    paper_class = forms.ChoiceField(
        label="Its class", required=False,
        help_text="It bounds who sees the draft, its marks in the text and its files.",
    )  # fmt: skip

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        classes = [(each.key, each.name) for each in active_code().options("paper_classes")]
        field = self.fields["paper_class"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "None: everybody may read it"), *classes]


class PartsForm(forms.Form):
    """In which part each bundle of a change set's operations goes live."""

    note = forms.CharField(label="Why it is parted", max_length=1000)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, bundles: Sequence[str], *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.count = len(bundles)
        choices = [(str(number), f"Part {number}") for number in range(1, min(self.count, 9) + 1)]
        for at, words in enumerate(bundles):
            self.fields[f"bundle_{at}"] = forms.ChoiceField(
                label=words, choices=choices, initial="1"
            )
        self.order_fields([*(f"bundle_{at}" for at in range(self.count)), "note", "seen"])

    def tranche_of(self) -> list[int]:
        """Return the part of each bundle, in their order; only of a form that is valid."""
        return [int(self.cleaned_data[f"bundle_{at}"]) for at in range(self.count)]
