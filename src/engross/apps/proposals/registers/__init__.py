"""The registers of proposals: what they are, their course, and what they would do and cost."""

from engross.apps.proposals.registers.courses import (
    PROPOSAL_COLUMN,
    assessments,
    decisions,
    identifier_forms,
    printed_proposal,
    proposal_holds,
    proposal_impacts,
    proposal_key,
    proposal_links,
    proposal_stages,
    proposals,
)
from engross.apps.proposals.registers.substance import (
    add_change_sets,
    alternative_proposals,
    proposal_costs,
    proposal_documents,
    proposal_objectives,
    proposal_solutions,
)

__all__ = [
    "PROPOSAL_COLUMN",
    "add_change_sets",
    "alternative_proposals",
    "assessments",
    "decisions",
    "identifier_forms",
    "printed_proposal",
    "proposal_costs",
    "proposal_documents",
    "proposal_holds",
    "proposal_impacts",
    "proposal_key",
    "proposal_links",
    "proposal_objectives",
    "proposal_solutions",
    "proposal_stages",
    "proposals",
]
