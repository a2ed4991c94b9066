"""Groups of changes that several codes make together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engross.apps.crosscode.models import (
    CrossCodeGroup,
    CrossCodeGroupDetails,
    GroupMember,
    OtherChange,
)
from engross.apps.crosscode.registers import codes_known, own_code, proposal_rows
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.registers import proposal_key
from engross.core.crosscode.identifiers import change_name


@dataclass(frozen=True)
class MemberSeen:
    """A member of a group: its name, and the proposal or the other code's change it is."""

    row: GroupMember
    name: str
    proposal: Proposal | None
    change: OtherChange | None
    leads: bool


@dataclass(frozen=True)
class GroupSeen:
    """A group with its members, those of the Lead Code first."""

    details: CrossCodeGroupDetails
    members: list[MemberSeen]
    is_led_here: bool

    @property
    def group(self) -> CrossCodeGroup:
        """The group itself, for good."""
        return self.details.group

    @property
    def proposals(self) -> list[Proposal]:
        """Those of its members that are proposals to change this code."""
        return [each.proposal for each in self.members if each.proposal]


def all_groups() -> list[GroupSeen]:
    """Return every group with its members, in order of names; queries do not grow with them."""
    return _seen(CrossCodeGroupDetails.objects.known_at(None))


def group_called(name: str) -> GroupSeen | None:
    """Return the group of this name; None if there is none."""
    rows = CrossCodeGroupDetails.objects.known_at(None).filter(group__key=name)
    return next(iter(_seen(rows)), None)


def groups_of(proposal: Proposal) -> list[GroupSeen]:
    """Return the groups that a proposal belongs to."""
    own = own_code()
    rows = GroupMember.objects.known_at(None).filter(code=own.key if own else "")
    listed = rows.order_by("pk").values_list("group_id", "reference")
    groups = {group for group, reference in listed if proposal_key(reference) == proposal.key}
    if not groups:
        return []
    return _seen(CrossCodeGroupDetails.objects.known_at(None).filter(group__in=groups))


def _seen(rows: Any) -> list[GroupSeen]:
    found = list(rows.select_related("group").order_by("group__key"))
    members: dict[int, list[GroupMember]] = {}
    ids = [each.group_id for each in found]
    listed = GroupMember.objects.known_at(None).filter(group__in=ids)
    for member in listed.order_by("code", "reference"):
        members.setdefault(member.group_id, []).append(member)
    resolved = _Resolved(each for own in members.values() for each in own)
    own = own_code()
    return [
        GroupSeen(
            details=each,
            members=resolved.seen(members.get(each.group_id, []), each.lead_code),
            is_led_here=own is not None and each.lead_code == own.key,
        )
        for each in found
    ]


class _Resolved:
    """Which proposal or other code's change each member is, found at once for all of them."""

    def __init__(self, members: Iterable[GroupMember]) -> None:
        self.codes = {each.key: each for each in codes_known()}
        listed = list(members)
        own = {each.reference for each in listed if self.codes[each.code].is_own}
        rows = proposal_rows(own)
        proposals = {each.pk: each for each in Proposal.objects.filter(pk__in=rows.values())}
        self.proposals = {reference: proposals[pk] for reference, pk in rows.items()}
        keys = {self.key_of(each) for each in listed}
        self.changes = {each.key: each for each in OtherChange.objects.filter(key__in=keys)}

    def key_of(self, member: GroupMember) -> str:
        return change_name(self.codes[member.code], member.reference).key

    def seen(self, members: list[GroupMember], lead_code: str) -> list[MemberSeen]:
        found = [
            MemberSeen(
                row=each,
                name=str(change_name(self.codes[each.code], each.reference)),
                proposal=self.proposals.get(each.reference)
                if self.codes[each.code].is_own
                else None,
                change=self.changes.get(self.key_of(each)),
                leads=each.code == lead_code,
            )
            for each in members
        ]
        return sorted(found, key=lambda each: (not each.leads, each.name))
