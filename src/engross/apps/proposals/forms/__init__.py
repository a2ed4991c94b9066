"""What people ask of proposals, and what they type to move them."""

from engross.apps.proposals.forms.listing import (
    ProposalFilterForm,
    SaveFilterForm,
    choices_of,
    plain_query,
)
from engross.apps.proposals.forms.moving import HandOverForm, MoveForm, UndoForm

__all__ = [
    "HandOverForm",
    "MoveForm",
    "ProposalFilterForm",
    "SaveFilterForm",
    "UndoForm",
    "choices_of",
    "plain_query",
]
