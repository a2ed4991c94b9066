"""Which proposal an identifier names, and which come next to it."""

import re
from collections.abc import Collection

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


def basis_of(proposal: int | None) -> str:
    """Return what a proposal rests on, by its row number; '' for none."""
    if proposal is None:
        return ""
    rows = ProposalDetails.objects.known_at(None).filter(proposal=proposal).order_by("pk")
    return rows.values_list("basis", flat=True).first() or ""


def titles_of(keys: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return for each of these lasting keys how the proposal is called now, and its title.

    As many as a page holds: databases refuse a list of too many values.
    """
    rows = ProposalDetails.objects.known_at(None).filter(proposal__key__in=list(keys))
    listed = rows.order_by().values_list("proposal__key", "proposal__label", "title")
    return {key: (label, title) for key, label, title in listed}
