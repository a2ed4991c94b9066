"""Parts of a proposal's page: its priority, and the changes of other codes that go with it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from engross.apps.crosscode.models import PriorityDetermination
from engross.apps.crosscode.queries.changes import address_of
from engross.apps.crosscode.queries.groups import MemberSeen, groups_of
from engross.apps.crosscode.queries.priorities import priorities_of
from engross.apps.proposals.queries import Panel, PanelAsked
from engross.apps.registers.queries import active_code, option_name
from engross.core.crosscode.priorities import categories_on, criteria_on, read_answers


def _priority(asked: PanelAsked) -> Mapping[str, Any] | None:
    is_given = asked.about.is_named_in(PriorityDetermination)
    rows = priorities_of(asked.proposal, as_at=asked.as_at) if is_given else []
    may_give = (
        asked.reader.handles_all
        and not asked.as_at
        and bool(categories_on(active_code(), asked.on))
    )
    if not rows and not may_give:
        return None
    query = urlencode({"proposal": asked.proposal.label})
    return {
        "rows": [_shown(row) for row in rows],
        "give_url": f"{reverse('crosscode:give')}?{query}" if may_give else "",
    }


def _shown(row: PriorityDetermination) -> dict[str, Any]:
    criteria = criteria_on(active_code(), row.determined_on)
    names = {each.key: each.name for each in criteria}
    answers, _ = read_answers(row.answers, criteria)
    return {
        "row": row,
        "name": option_name("priority_categories", row.category),
        "body": option_name("bodies", row.body),
        "answers": "; ".join(f"{names[key]}: {answer}" for key, answer in answers.items()),
    }


def _together(asked: PanelAsked) -> Mapping[str, Any] | None:
    groups = groups_of(asked.proposal)
    if not groups:
        return None
    return {
        "groups": [
            {
                "label": each.group.label,
                "href": reverse("crosscode:group", args=[each.group.key]),
                "title": each.details.title,
                "target_on": each.details.target_on,
                "members": [_member(member, asked) for member in each.members],
            }
            for each in groups
        ]
    }


def _member(member: MemberSeen, asked: PanelAsked) -> dict[str, Any]:
    href = address_of(member.change) if member.change else ""
    if member.proposal and member.proposal.pk != asked.proposal.pk:
        href = reverse("proposals:proposal", args=[member.proposal.label])
    return {"name": member.name, "href": href, "leads": member.leads}


PANELS = (
    Panel("priority", "Priority", 10, "crosscode/priority_panel.html", _priority),
    Panel("across-codes", "Across codes", 80, "crosscode/together_panel.html", _together),
)
