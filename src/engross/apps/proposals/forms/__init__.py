"""What people ask of proposals, and what they type to move them."""

from engross.apps.proposals.forms.beginning import BeginForm
from engross.apps.proposals.forms.listing import (
    ProposalFilterForm,
    SaveFilterForm,
    choices_of,
    plain_query,
)
from engross.apps.proposals.forms.moving import HandOverForm, MoveForm, UndoForm
from engross.apps.proposals.forms.raising import CommentForm, ProblemForm

__all__ = [
    "BeginForm",
    "CommentForm",
    "HandOverForm",
    "MoveForm",
    "ProblemForm",
    "ProposalFilterForm",
    "SaveFilterForm",
    "UndoForm",
    "choices_of",
    "plain_query",
]
