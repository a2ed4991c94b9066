"""What is on file for proposals: that their priority is determined."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from engross.apps.crosscode.models import PriorityDetermination
from engross.core.proposals.framework.facts import Fact

PRIORITY = "priority"


def facts_of_priorities(proposals: Collection[int], on: date) -> Mapping[int, Iterable[Fact]]:
    """Return of each proposal since when it has a priority, and which it was given first."""
    rows = PriorityDetermination.objects.known_at(None).filter(
        proposal__in=proposals, determined_on__lte=on
    )
    found: dict[int, list[Fact]] = {}
    ordered = rows.order_by("determined_on", "pk")
    for proposal, day, category in ordered.values_list("proposal_id", "determined_on", "category"):
        found.setdefault(proposal, [Fact(PRIORITY, day, category)])
    return found
