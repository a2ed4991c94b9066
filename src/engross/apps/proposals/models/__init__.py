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
from engross.apps.proposals.models.substance import (
    Alternative,
    Cost,
    ObjectiveView,
    ProposalDocument,
    Solution,
)

__all__ = [
    "Absence",
    "Alternative",
    "Assessment",
    "Cost",
    "Decision",
    "HoldSpell",
    "Impact",
    "LeadAnalyst",
    "MoveMade",
    "ObjectiveView",
    "ProblemStatement",
    "Proposal",
    "ProposalDetails",
    "ProposalDocument",
    "ProposalLink",
    "SavedFilter",
    "Solution",
    "StageMove",
]
