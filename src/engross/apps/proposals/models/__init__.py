"""Everything that is stored of proposals."""

from engross.apps.proposals.models.filters import SavedFilter
from engross.apps.proposals.models.moves import (
    Absence,
    LeadAnalyst,
    MoveMade,
)
from engross.apps.proposals.models.records import (
    Assessment,
    Decision,
    HoldSpell,
    Impact,
    Proposal,
    ProposalDetails,
    ProposalLink,
    StageMove,
)
from engross.apps.proposals.models.statements import ProblemStatement

__all__ = [
    "Absence",
    "Assessment",
    "Decision",
    "HoldSpell",
    "Impact",
    "LeadAnalyst",
    "MoveMade",
    "ProblemStatement",
    "Proposal",
    "ProposalDetails",
    "ProposalLink",
    "SavedFilter",
    "StageMove",
]
