"""Every question about proposals: one function for each."""

from engross.apps.proposals.queries.abroad import ToldAbroad, told_abroad
from engross.apps.proposals.queries.asked import NO_PRIORITY, ProposalsAsked
from engross.apps.proposals.queries.assessed import AssessmentSeen
from engross.apps.proposals.queries.facts import FactSource, add_fact_source, facts_of
from engross.apps.proposals.queries.filters import (
    analyst_choices,
    saved_filter,
    saved_filters,
)
from engross.apps.proposals.queries.histories import (
    DecisionRow,
    ProposalHistory,
    assessments,
    decisions_between,
    histories,
    moves_of,
    name_on,
)
from engross.apps.proposals.queries.impacts import category_meant
from engross.apps.proposals.queries.lists import (
    ListedProposal,
    ProposalList,
    on_hold,
    priorities_on,
    release_choices,
)
from engross.apps.proposals.queries.names import (
    basis_of,
    proposal_called,
    proposals_near,
    titles_of,
)
from engross.apps.proposals.queries.news import NewsRow, news
from engross.apps.proposals.queries.panels import Panel, PanelAsked, add_panel, panels_of
from engross.apps.proposals.queries.passages import passages
from engross.apps.proposals.queries.registered import (
    counted_to,
    days_before,
    open_stages,
    outside_routes,
    route_option,
)
from engross.apps.proposals.queries.seen import (
    LinkSeen,
    ProposalSeen,
    proposal_seen,
)
from engross.apps.proposals.queries.turns import (
    Late,
    Turn,
    assessments_late,
    open_affecting,
    open_proposed_by,
    open_turns,
)
from engross.apps.proposals.queries.waiting import Due, Waiting, assessments_due, whose_move

__all__ = [
    "NO_PRIORITY",
    "AssessmentSeen",
    "DecisionRow",
    "Due",
    "FactSource",
    "Late",
    "LinkSeen",
    "ListedProposal",
    "NewsRow",
    "Panel",
    "PanelAsked",
    "ProposalHistory",
    "ProposalList",
    "ProposalSeen",
    "ProposalsAsked",
    "ToldAbroad",
    "Turn",
    "Waiting",
    "add_fact_source",
    "add_panel",
    "analyst_choices",
    "assessments",
    "assessments_due",
    "assessments_late",
    "basis_of",
    "category_meant",
    "counted_to",
    "days_before",
    "decisions_between",
    "facts_of",
    "histories",
    "moves_of",
    "name_on",
    "news",
    "on_hold",
    "open_affecting",
    "open_proposed_by",
    "open_stages",
    "open_turns",
    "outside_routes",
    "panels_of",
    "passages",
    "priorities_on",
    "proposal_called",
    "proposal_seen",
    "proposals_near",
    "release_choices",
    "route_option",
    "saved_filter",
    "saved_filters",
    "titles_of",
    "told_abroad",
    "whose_move",
]
