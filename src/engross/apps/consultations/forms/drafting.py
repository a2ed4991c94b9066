"""What staff type to write a consultation."""

from typing import Any

from django import forms

from engross.apps.consultations.commands import Drafting, QuestionDraft
from engross.apps.consultations.models import Consultation, Question
from engross.apps.consultations.queries import category_names
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import proposal_called
from engross.apps.registers.queries import active_code

LONGEST = 20_000
_FEW, _MANY = forms.Textarea(attrs={"rows": 3}), forms.Textarea(attrs={"rows": 6})


class ConsultationForm(forms.Form):
    """What a consultation says."""

    title = forms.CharField(label="Title", max_length=300)
    proposal = forms.CharField(label="Proposal", required=False, max_length=40)
    summary = forms.CharField(label="What is the issue?", required=False, max_length=LONGEST,
                              widget=_MANY)  # fmt: skip
    solution = forms.CharField(label="What is proposed?", required=False, max_length=LONGEST,
                               widget=_MANY)  # fmt: skip
    audience = forms.CharField(label="Who should respond, and why?", required=False,
                               max_length=LONGEST, widget=_FEW)  # fmt: skip
    categories = forms.MultipleChoiceField(
        label="Whom to tell by mail", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="None ticked tells all.",
    )  # fmt: skip

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["proposal"].label = active_code().words.get("proposal", "Proposal")
        self.fields["categories"].choices = list(category_names().items())  # type: ignore[attr-defined]

    def clean_proposal(self) -> Proposal | None:
        """Return the proposal that any form of an identifier names."""
        typed = str(self.cleaned_data["proposal"])
        found = proposal_called(typed) if typed else None
        if typed and found is None:
            raise forms.ValidationError("There is none of this identifier. Write one as MP123.")
        return found

    def drafting(self) -> Drafting:
        """Return what was typed as the command takes it."""
        return Drafting(**{name: self.cleaned_data[name] for name in
                           ("title", "proposal", "summary", "solution", "audience",
                            "categories")})  # fmt: skip

    @staticmethod
    def initial_of(row: Consultation) -> dict[str, Any]:
        """Return what stands in the form of a consultation."""
        return {"title": row.title, "proposal": row.proposal.label if row.proposal else "",
                "summary": row.summary, "solution": row.solution, "audience": row.audience,
                "categories": row.categories}  # fmt: skip


class NewConsultationForm(ConsultationForm):
    """The kind of a new consultation, and what it says."""

    kind = forms.ChoiceField(label="Kind")
    field_order = ("kind", "title", "proposal")

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        kinds = sorted(active_code().options("consultation_kinds"), key=lambda e: e.number("order"))
        self.fields["kind"].choices = [(e.key, e.name) for e in kinds]  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """A question to ask."""

    kind = forms.ChoiceField(label="How it is answered")
    asks = forms.CharField(label="Question", max_length=2000, widget=_FEW)
    help = forms.CharField(label="Help", required=False, max_length=1000,
                           help_text="Stands below the question.")  # fmt: skip
    answers = forms.CharField(
        label="Answers to choose from", required=False, max_length=5000, widget=_FEW,
        help_text="One on a line, for a kind that has none of its own, as a preferred release.",
    )  # fmt: skip
    is_required = forms.BooleanField(label="It must be answered", required=False)

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        kinds = sorted(active_code().options("question_kinds"), key=lambda e: e.number("order"))
        self.fields["kind"].choices = [(e.key, e.name) for e in kinds]  # type: ignore[attr-defined]

    def clean_answers(self) -> list[str]:
        """Return the answers, one of each line."""
        lines = str(self.cleaned_data["answers"]).splitlines()
        answers = [" ".join(line.split()) for line in lines if line.strip()]
        if any(len(each) > 300 for each in answers):
            raise forms.ValidationError("An answer has at most 300 characters.")
        return answers

    def draft(self) -> QuestionDraft:
        """Return what was typed as the command takes it."""
        cleaned = self.cleaned_data
        return QuestionDraft(cleaned["kind"], cleaned["asks"], cleaned["help"],
                             cleaned["answers"], cleaned["is_required"])  # fmt: skip

    @staticmethod
    def initial_of(row: Question) -> dict[str, Any]:
        """Return what stands in the form of a question."""
        own = active_code().option("question_kinds", row.kind).texts("answers")
        return {"kind": row.kind, "asks": row.asks, "help": row.help,
                "answers": "" if own else "\n".join(row.answers),
                "is_required": row.is_required}  # fmt: skip


class DocumentForm(forms.Form):
    """A document that goes with a consultation."""

    file = forms.FileField(
        label="File",
        help_text="PDF, Word, Excel, PowerPoint, CSV, text, picture or ZIP. Anyone may read it.",
    )
