"""Pages of proposals: the list, each of them, what can be done with one, whose move it is."""

from engross.apps.proposals.views.filters import (
    change_filter,
    delete_filter,
    filters,
    save_filter,
)
from engross.apps.proposals.views.listing import download, proposal_list
from engross.apps.proposals.views.pages import address_of, marks_of, proposal, stage_chip

__all__ = [
    "address_of",
    "change_filter",
    "delete_filter",
    "download",
    "filters",
    "marks_of",
    "proposal",
    "proposal_list",
    "save_filter",
    "stage_chip",
]
