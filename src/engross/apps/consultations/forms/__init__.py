"""What people type about consultations, cleaned."""

from engross.apps.consultations.forms.answering import AnswerForm, BeginForm, FilledFormForm
from engross.apps.consultations.forms.drafting import (
    ConsultationForm,
    DocumentForm,
    NewConsultationForm,
    QuestionForm,
)
from engross.apps.consultations.forms.running import (
    ExtendForm,
    LateForm,
    OpenForm,
    OutcomeForm,
    SearchForm,
)

__all__ = [
    "AnswerForm",
    "BeginForm",
    "ConsultationForm",
    "DocumentForm",
    "ExtendForm",
    "FilledFormForm",
    "LateForm",
    "NewConsultationForm",
    "OpenForm",
    "OutcomeForm",
    "QuestionForm",
    "SearchForm",
]
