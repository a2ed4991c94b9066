"""Which proposal an identifier names, and which come next to it."""

import re

from django.db.models import Exists, OuterRef

from engross.apps.proposals.models import Proposal, ProposalDetails
from engross.apps.proposals.registers import proposal_key


def proposal_called(text: str) -> Proposal | None:
    """Return the proposal that any form of an identifier names; None if there is none."""
    key = proposal_key(text)
    if key is None:
        return None
    recorded = ProposalDetails.objects.filter(proposal=OuterRef("pk")).order_by()
    return Proposal.objects.filter(Exists(recorded), key=key).order_by("pk").first()


def proposals_near(text: str, *, count: int = 6) -> list[str]:
    """Return the identifiers that come next to a number that no proposal bears."""
    digits = re.search(r"\d{1,6}", text)
    if digits is None:
        return []
    key = f"{int(digits[0]):04d}"
    below = Proposal.objects.filter(key__lte=key).order_by("-key")[: count // 2]
    above = Proposal.objects.filter(key__gt=key).order_by("key")[: count // 2]
    return [each.label for each in [*reversed(below), *above]]
