"""What people ask of proposals, and what they type to move them."""

from engross.apps.proposals.forms.beginning import BeginForm
from engross.apps.proposals.forms.listing import (
    ProposalFilterForm,
    SaveFilterForm,
    choices_of,
    plain_query,
)
from engross.apps.proposals.forms.moving import (
    AbsenceForm,
    EndAbsenceForm,
    HandOverForm,
    MoveForm,
    UndoForm,
)
from engross.apps.proposals.forms.raising import CommentForm, ProblemForm

__all__ = [
    "AbsenceForm",
    "BeginForm",
    "CommentForm",
    "EndAbsenceForm",
    "HandOverForm",
    "MoveForm",
    "ProblemForm",
    "ProposalFilterForm",
    "SaveFilterForm",
    "UndoForm",
    "choices_of",
    "plain_query",
]
