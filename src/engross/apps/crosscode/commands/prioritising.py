"""Giving proposals a priority: several at once, or as the Lead Code gave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.crosscode.queries import GroupSeen, to_take_over
from engross.apps.crosscode.registers import leads_of, priority_determinations
from engross.apps.proposals.models import Proposal
from engross.apps.registers.commands import record_entries
from engross.core.crosscode.priorities import reasons_against_own_priority, written_answers
from engross.core.refusals import Reason, Refused
from engross.core.registers.columns import Value


@dataclass(frozen=True)
class PriorityGiven:
    """A priority as somebody determined it: what it is, from which day, by which answers, why."""

    category: str
    determined_on: date
    answers: Mapping[str, str]
    grounds: str
    body: str = ""
    direction_link: str = ""
    review_by: date | None = None


@transaction.atomic
def give_priority(
    proposals: Sequence[Proposal], given: PriorityGiven, *, by: User, at: datetime, on: date
) -> int:
    """Give proposals one priority, all of them or none, and return how many.

    Raises Refused for those whose priority a Lead Code gives, for a day in the future, or with
    what is missing.
    """
    if reasons := reasons_against_giving(proposals, given, on=on):
        raise Refused(reasons)
    entries = [_values(each, given) for each in proposals]
    record_entries(priority_determinations, entries, by=by, at=at)
    return len(entries)


def reasons_against_giving(
    proposals: Sequence[Proposal], given: PriorityGiven, *, on: date
) -> list[Reason]:
    """Return why these proposals cannot be given this priority; none if they can."""
    if not proposals:
        return [Reason("No proposal is chosen", "Choose at least one")]
    leads = leads_of({each.pk for each in proposals})
    reasons = [
        reason
        for each in proposals
        for reason in reasons_against_own_priority(str(each), leads.get(each.pk))
    ]
    if given.determined_on > on:
        what = f"{given.determined_on} has not come yet"
        reasons.append(Reason(what, "A priority holds from the day on which it is determined"))
    rules = priority_determinations.row_rules
    reasons += [reason for each in proposals for reason in rules(_values(each, given))]
    return list(dict.fromkeys(reasons))


def _values(proposal: Proposal, given: PriorityGiven) -> dict[str, Value]:
    return {
        "proposal": proposal.key,
        "category": given.category,
        "determined_on": given.determined_on,
        "body": given.body or None,
        "answers": written_answers(given.answers),
        "grounds": given.grounds,
        "direction_link": given.direction_link or None,
        "review_by": given.review_by,
        "lead": None,
        "basis": "record",
    }


@transaction.atomic
def take_over_priority(group: GroupSeen, *, by: User, at: datetime, on: date) -> list[Proposal]:
    """Give a group's proposals the priority of its Lead Code, and return which had it not yet.

    It holds here from `on`. Raises Refused if there is nothing to take over.
    """
    proposals = to_take_over(group, on=on)
    if not proposals:
        what = f"There is nothing to take over in {group.group}"
        remedy = "Record the Lead Code's priority with the group first"
        raise Refused(Reason(what, remedy))
    leading = [each.name for each in group.members if each.leads]
    details = group.details
    entries: list[dict[str, Value]] = [
        {
            "proposal": each.key,
            "category": details.priority,
            "determined_on": on,
            "body": None,
            "answers": None,
            "grounds": f"Given by the Lead Code from {details.priority_on}",
            "direction_link": None,
            "review_by": None,
            "lead": leading[0] if leading else group.group.key,
            "basis": "record",
        }
        for each in proposals
    ]
    record_entries(priority_determinations, entries, by=by, at=at)
    return proposals
