"""The priorities of proposals: their history, and what is still to be determined or taken over."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engross.apps.crosscode.models import PriorityDetermination
from engross.apps.crosscode.queries.groups import GroupSeen
from engross.apps.crosscode.registers import leads_of
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import (
    NO_PRIORITY,
    ListedProposal,
    ProposalList,
    ProposalsAsked,
    open_stages,
    priorities_on,
)
from engross.core.crosscode.priorities import LeadPriority


@dataclass(frozen=True)
class ToPrioritise:
    """An open proposal without a priority; `lead` is who gives it, if another code leads."""

    listed: ListedProposal
    lead: LeadPriority | None


def priorities_of(proposal: Proposal, *, as_at: date | None = None) -> list[PriorityDetermination]:
    """Return the priorities that a proposal was given, the latest first."""
    rows = PriorityDetermination.objects.known_at(None).filter(proposal=proposal)
    if as_at:
        rows = rows.filter(determined_on__lte=as_at)
    return list(rows.order_by("-determined_on", "-pk"))


def to_prioritise(*, on: date) -> list[ToPrioritise]:
    """Return the open proposals that have no priority, in order of identifiers."""
    asked = ProposalsAsked(on=on, open_only=True, priority=NO_PRIORITY, sort="identifier")
    listed = list(ProposalList(asked)[:])
    rows = _rows_of(each.key for each in listed)
    leads = leads_of(set(rows.values()))
    return [ToPrioritise(each, leads.get(rows[each.key])) for each in listed]


def _rows_of(keys: Iterable[str]) -> dict[str, int]:
    rows = Proposal.objects.filter(key__in=list(keys)).order_by()
    return dict(rows.values_list("key", "pk"))


def to_take_over(group: GroupSeen, *, on: date) -> list[Proposal]:
    """Return the proposals of a group that do not have the priority its Lead Code gave yet."""
    details = group.details
    if group.is_led_here or not details.priority or not details.priority_on:
        return []
    if details.priority_on > on:
        return []
    held = priorities_on([each.pk for each in group.proposals], on)
    rows = PriorityDetermination.objects.known_at(None).filter(
        proposal__in=[each.pk for each in group.proposals], category=details.priority
    ).exclude(lead="")  # fmt: skip
    taken = set(rows.order_by().values_list("proposal_id", flat=True))
    return [
        each
        for each in group.proposals
        if held.get(each.pk) != details.priority or each.pk not in taken
    ]


def open_by_priority(*, on: date) -> dict[str, int]:
    """Return how many open proposals have each priority; under an empty key those without one."""
    rows = Proposal.objects.filter(stage__in=open_stages()).order_by()
    ids = list(rows.values_list("pk", flat=True))
    held = priorities_on(ids, on)
    counted = Counter(held.get(pk, "") for pk in ids)
    return dict(counted)
