"""The registers of work across codes: other codes' changes, reviews, groups and priorities."""

from engross.apps.crosscode.registers.changes import (
    codes_known,
    cross_code_changes,
    cross_code_reviews,
    other_change_key,
    own_code,
)
from engross.apps.crosscode.registers.groups import (
    cross_code_groups,
    cross_code_members,
    leads_of,
    proposal_rows,
)
from engross.apps.crosscode.registers.priorities import determination_of, priority_determinations

__all__ = [
    "codes_known",
    "cross_code_changes",
    "cross_code_groups",
    "cross_code_members",
    "cross_code_reviews",
    "determination_of",
    "leads_of",
    "other_change_key",
    "own_code",
    "priority_determinations",
    "proposal_rows",
]
