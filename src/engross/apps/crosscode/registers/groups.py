"""Changes that several codes make together, which code leads, and the priority it gave."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from engross.apps.crosscode.models import CrossCodeGroup, CrossCodeGroupDetails, GroupMember
from engross.apps.crosscode.registers.changes import codes_known, own_code
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.registers import proposal_key
from engross.apps.registers.queries import in_batches
from engross.apps.registers.registers import Register, add_register
from engross.core.crosscode.identifiers import change_name
from engross.core.crosscode.priorities import LeadPriority
from engross.core.refusals import Reason
from engross.core.registers.columns import Column, Kind, Value
from engross.core.registers.timelines import Telling

GROUP_COLUMN = Column(
    "group", "The group", Kind.REFERENCE, required=True, refers_to="cross-code-groups",
    longest=40, example="XC-01",
)  # fmt: skip


def proposal_rows(references: Iterable[str]) -> dict[str, int]:
    """Return the row number of the proposal that each of these references names, if one does."""
    keys = {each: proposal_key(each) for each in references}
    rows = Proposal.objects.filter(key__in={key for key in keys.values() if key}).order_by()
    known = dict(rows.values_list("key", "pk"))
    return {each: known[key] for each, key in keys.items() if key in known}


def leads_of(proposals: Collection[int]) -> dict[int, LeadPriority]:
    """Return for each proposal that goes with another code's lead what that code gave it.

    In several groups, the one whose priority is known, and was given last, counts.
    """
    own = own_code()
    if own is None or not proposals:
        return {}
    members = list(GroupMember.objects.known_at(None).order_by("group__key", "code", "reference")
                   .values_list("group_id", "code", "reference"))  # fmt: skip
    rows = proposal_rows({reference for _, code, reference in members if code == own.key})
    names = {each.key: each for each in codes_known()}
    leads: dict[int, LeadPriority] = {}
    for group in _led_by_others(own.key):
        own_members = [each for each in members if each[0] == group.group_id]
        leading = [str(change_name(names[code], reference))
                   for _, code, reference in own_members if code == group.lead_code]  # fmt: skip
        change = " and ".join(leading) or f"a change of {names[group.lead_code].abbreviation}"
        lead = LeadPriority(change, group.group.label, group.priority, group.priority_on)
        for _, code, reference in own_members:
            if code == own.key and rows.get(reference) in proposals:
                leads[rows[reference]] = lead
    return leads


def _led_by_others(own: str) -> Any:
    """Return the groups that another code leads, the one whose priority counts most last."""
    rows = CrossCodeGroupDetails.objects.known_at(None).exclude(lead_code=own)
    ordered = rows.select_related("group").order_by("group__key")
    return sorted(ordered, key=lambda each: (each.priority != "", str(each.priority_on or "")))


def _priority_has_its_day(values: Mapping[str, Value]) -> Iterable[Reason]:
    if bool(values["priority"]) != bool(values["priority_on"]):
        what = "A group's priority and the day on which the Lead Code gave it go together"
        yield Reason(what, "Give both, or neither")


def _members_known(touched: set[int]) -> Iterable[Reason]:
    """Return why this code's own members are none: each must be a proposal on record."""
    own = own_code()
    for batch in in_batches(touched):
        rows = GroupMember.objects.known_at(None).filter(group__in=batch, code=own and own.key)
        references = set(rows.order_by().values_list("reference", flat=True))
        for unknown in sorted(references - proposal_rows(references).keys()):
            yield Reason(f"There is no proposal {unknown}", "Record it first, or correct its name")


def _written_as_its_code_writes(values: Mapping[str, Value]) -> Iterable[Reason]:
    name = change_name(next(each for each in codes_known() if each.key == values["code"]),
                       str(values["reference"]))  # fmt: skip
    if name.reference != values["reference"]:
        what = f"{values['reference']} is written {name.reference} by its code"
        yield Reason(what, f"Write {name.reference}")


cross_code_groups = add_register(
    Register(
        name="cross-code-groups",
        title="Cross-code groups",
        meaning="Changes that several codes make to one end: which code leads, by when, and "
        "the priority that it gave",
        model=CrossCodeGroupDetails,
        columns=(
            Column("group", "Its name", Kind.IDENTIFIER, required=True, identifies=True,
                   longest=40, example="XC-01"),
            Column("title", "What the changes are for", required=True),
            Column("kind", "How they stand to one another", Kind.CHOICE, required=True,
                   choices="cross_code_kinds", example="consequential"),
            Column("lead_code", "The Lead Code", Kind.CHOICE, required=True,
                   choices="industry_codes", example="rec"),
            Column("target_on", "The day by which all are to be in force", Kind.DAY),
            Column("priority", "The priority that the Lead Code gave", Kind.CHOICE,
                   choices="priority_categories"),
            Column("priority_on", "The day on which it gave it", Kind.DAY),
            Column("note", "What is worth knowing about it", longest=2000),
        ),
        key=("group",),
        order=("group",),
        filters=("kind", "lead_code", "priority"),
        row_rules=_priority_has_its_day,
        identity=CrossCodeGroup,
        hidden_from_lists=("note",),
        tells=(
            Telling("priority_on", "{lead_code} gives the priority {priority}"),
            Telling("target_on", "All to be in force"),
        ),
    )
)  # fmt: skip

cross_code_members = add_register(
    Register(
        name="cross-code-members",
        title="Members of cross-code groups",
        meaning="The changes that belong to a group, of this code and of others",
        model=GroupMember,
        columns=(
            GROUP_COLUMN,
            Column("code", "The code", Kind.CHOICE, required=True, choices="industry_codes",
                   example="rec"),
            Column("reference", "The change's reference in that code", Kind.IDENTIFIER,
                   required=True, longest=80, example="R0216"),
        ),
        key=("group", "code", "reference"),
        order=("group", "code", "reference"),
        filters=("code",),
        row_rules=_written_as_its_code_writes,
        sheet_rules=_members_known,
    )
)  # fmt: skip
