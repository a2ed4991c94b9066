"""What respondents type: who they are, and their answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from engross.apps.consultations.commands import Newcomer, Said, Seen
from engross.apps.consultations.queries import category_names
from engross.apps.people.forms import NewcomerForm
from engross.core.consultations.questions import (
    LONGEST_WORDS,
    NOTHING,
    Given,
    Question,
    Shape,
    pounds,
    read_pounds,
)

MOST_UPLOAD_BYTES = 5 * 1024 * 1024


class BeginForm(NewcomerForm):
    """Who somebody is who answers without an account."""

    organisation = forms.CharField(label="Organisation", max_length=200, required=False)
    category = forms.ChoiceField(label="Party Category", required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        choices = [("", "None of these"), *category_names().items()]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]

    def newcomer(self) -> Newcomer:
        """Return who it is as the command takes it."""
        cleaned = self.cleaned_data
        return Newcomer(cleaned["name"], cleaned["email"], cleaned["organisation"],
                        cleaned["category"])  # fmt: skip


class PoundsField(forms.CharField):
    """Takes pounds as people write them, and gives pence."""

    def clean(self, value: Any) -> Any:
        """Return pence, or None where nothing is written."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_pounds(typed)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


@dataclass(frozen=True)
class Group:
    """A question with its fields as they stand on the page."""

    question: Question
    fields: list[forms.BoundField]
    confidential: forms.BoundField

    @property
    def has_errors(self) -> bool:
        """Say whether anything of it is wrong."""
        return any(each.errors for each in self.fields)


class AnswerForm(forms.Form):
    """All questions of a consultation, and which version of the response they were typed into."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    saves = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self, data: Any = None, *, questions: Iterable[Question],
        given: Mapping[int, Given] | None = None, seen: Seen | None = None,
        is_anonymous: bool = False,
    ) -> None:  # fmt: skip
        self.questions = list(questions)
        super().__init__(data)
        seen = seen or Seen()
        self.initial = {"version": seen.version, "saves": seen.saves, "is_anonymous": is_anonymous}
        for question in self.questions:
            self._add(question, (given or {}).get(question.number, NOTHING))
        self.fields["is_anonymous"] = forms.BooleanField(
            label="Do not name us when the answers are published", required=False
        )

    def _add(self, question: Question, given: Given) -> None:
        for name, field, initial in _fields_of(question, given):
            self.fields[f"q{question.number}_{name}"] = field
            self.initial[f"q{question.number}_{name}"] = initial
        self.fields[f"q{question.number}_confidential"] = forms.BooleanField(
            label="This answer is confidential", required=False
        )
        self.initial[f"q{question.number}_confidential"] = given.is_confidential

    def groups(self) -> Iterator[Group]:
        """Yield each question with its fields, once what was typed is cleaned."""
        for each in self.questions:
            names = [name for name, _, _ in _fields_of(each, NOTHING)]
            fields = [self[f"q{each.number}_{name}"] for name in names]
            # A page says what must be answered; half an answer can be saved all the same.
            fields[0].field.required = each.is_required
            yield Group(each, fields, self[f"q{each.number}_confidential"])

    def clean(self) -> dict[str, Any]:
        """Ask for the lower figure of a range where only the upper one is written."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for each in self.questions:
            least, most = f"q{each.number}_least", f"q{each.number}_most"
            low, high = cleaned.get(least), cleaned.get(most)
            if high is not None and low is None and least not in self.errors:
                self.add_error(least, "Write the least too, or one figure here alone.")
            elif low is not None and high is not None and low > high:
                self.add_error(most, "The most is less than the least.")
        return cleaned

    def said(self) -> Said:
        """Return what was typed as the command takes it."""
        cleaned = self.cleaned_data
        answers = {each.number: _given(each.number, cleaned) for each in self.questions}
        return Said(answers, is_anonymous=cleaned["is_anonymous"])

    def seen(self) -> Seen:
        """Return which version it was typed into."""
        cleaned = self.cleaned_data
        return Seen(cleaned.get("version") or 0, cleaned.get("saves") or 0)


def _fields_of(question: Question, given: Given) -> Iterator[tuple[str, forms.Field, Any]]:
    if question.shape is Shape.CHOICE:
        choices = [(each, each) for each in question.answers]
        # So that whoever chose by mistake can take it back without a script.
        if not question.is_required:
            choices.append(("", "No answer"))
        yield (
            "choice",
            forms.ChoiceField(
                label="Answer", choices=choices, required=False, widget=forms.RadioSelect
            ),
            given.choice,
        )
    if question.shape is Shape.COST:
        least = PoundsField(label="Cost in pounds: one figure, or the least", required=False,
                            max_length=30)  # fmt: skip
        most = PoundsField(label="The most, of a range", required=False, max_length=30)
        yield "least", least, _written(given.least_pence)
        yield "most", most, _written(given.most_pence)
    if question.shape is Shape.TEXT or question.has_reasons:
        label = "Answer" if question.shape is Shape.TEXT else "Reasons"
        yield "words", forms.CharField(
            label=label, required=False, max_length=LONGEST_WORDS, strip=False,
            widget=forms.Textarea(attrs={"rows": 5 if question.shape is Shape.TEXT else 3}),
        ), given.words  # fmt: skip


def _written(pence: int | None) -> str:
    return "" if pence is None else pounds(pence)


def _given(number: int, cleaned: Mapping[str, Any]) -> Given:
    def of(name: str, otherwise: Any = "") -> Any:
        return cleaned.get(f"q{number}_{name}", otherwise)

    given = Given(
        of("choice"), of("words").replace("\r\n", "\n").strip(), of("least", None), of("most", None)
    )
    if given.is_empty:
        return NOTHING
    return Given(given.choice, given.words, given.least_pence, given.most_pence,
                 is_confidential=of("confidential", False))  # fmt: skip


class FilledFormForm(forms.Form):
    """A response form that was filled in with Word."""

    file = forms.FileField(label="The form, filled in", help_text="Word, as .docx.")

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        given = self.cleaned_data["file"]
        if given.size > MOST_UPLOAD_BYTES:
            raise forms.ValidationError("This file has more than 5 MB: a filled form never has.")
        return given
