"""Pages of proposals: the list, each of them, what can be done with one, whose move it is."""

from engross.apps.proposals.views.pages import (
    address_of,
    download,
    marks_of,
    proposal,
    proposal_list,
    stage_chip,
)

__all__ = ["address_of", "download", "marks_of", "proposal", "proposal_list", "stage_chip"]
