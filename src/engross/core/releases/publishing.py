"""What speaks against publishing a composed text as a version of the code, and withdrawing one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from engross.core.refusals import Reason


@dataclass(frozen=True)
class Carried:
    """A change set that a composition takes in, with what is on file about its proposal.

    `proposal` is '' for a change that has none, as a designation. `appeal_ends_on` is the last day
    on which the decision can be appealed against, None where it cannot be;
    `is_appeal_end_unknown` that it can, until a day after the published holidays.
    """

    change_set: str
    proposal: str = ""
    is_approved: bool = False
    appeal_ends_on: date | None = None
    is_appeal_end_unknown: bool = False
    is_in_scope: bool = False


@dataclass(frozen=True)
class ToPublish:
    """A composition that is about to be published: what it carries and what is left to do."""

    name: str
    published_as: str = ""
    conflicts_left: int = 0
    findings_left: int = 0
    gives_same_text: bool = True
    is_on_current_text: bool = True
    newer_versions: tuple[str, ...] = ()
    carried: tuple[Carried, ...] = field(default=())


def reasons_against_publishing(
    what: ToPublish, *, effective_on: date, published_on: date, today: date
) -> list[Reason]:
    """Return why a composition may not be published as it stands; none if it may."""
    return [
        *_undone(what),
        *_days(effective_on=effective_on, published_on=published_on, today=today),
        *_superseded(what, effective_on),
        *(reason for each in what.carried for reason in _unready(each, effective_on)),
    ]


def _undone(what: ToPublish) -> Iterator[Reason]:
    if what.published_as:
        said = f"{what.name} is published as version {what.published_as}"
        yield Reason(said, "Compose the release anew on that version")
    if what.conflicts_left:
        left = _counted(what.conflicts_left, "conflict", "conflicts")
        yield Reason(f"{what.name} has {left} that nobody has decided", "Decide them first")
    if what.findings_left:
        left = _counted(what.findings_left, "finding", "findings")
        remedy = "Correct the text, or accept each with a reason"
        yield Reason(f"{what.name} has {left} of its checks that nobody has answered", remedy)


def _days(*, effective_on: date, published_on: date, today: date) -> Iterator[Reason]:
    if published_on > today:
        said = f"It cannot have been published on {_day(published_on)}, which is to come"
        yield Reason(said, "Publish it on that day")
    if effective_on < published_on:
        said = f"It would take effect on {_day(effective_on)}, before it is published"
        yield Reason(said, f"Let it take effect on {_day(published_on)} or later")
    elif effective_on < today:
        said = f"{_day(effective_on)} is past: nobody could have followed that text"
        yield Reason(said, "Let it take effect today or later, or correct the text of that day")


def _superseded(what: ToPublish, effective_on: date) -> Iterator[Reason]:
    if not what.is_on_current_text:
        since = f", which is version {what.newer_versions[-1]}'s" if what.newer_versions else ""
        said = (
            f"The text for {_day(effective_on)}{since} is not the one {what.name} was composed on"
        )
        yield Reason(said, "Rebase its change sets onto that text and compose anew")
    if not what.gives_same_text:
        said = f"{what.name} gives another text than when it was decided"
        yield Reason(said, "Compose the release anew, and look at it again")


def _unready(each: Carried, effective_on: date) -> Iterator[Reason]:
    if not each.proposal:
        return
    if not each.is_approved:
        said = f"{each.proposal} is not approved, and {each.change_set} is its text"
        yield Reason(said, "Leave it out, or wait for the decision")
    if each.appeal_ends_on is not None and effective_on <= each.appeal_ends_on:
        said = f"The approval of {each.proposal} can be appealed until {_day(each.appeal_ends_on)}"
        yield Reason(said, "Let the version take effect after that day")
    if each.is_appeal_end_unknown:
        said = f"Until when the approval of {each.proposal} can be appealed is not known yet"
        yield Reason(said, "Wait until the holidays of those days are published")
    if not each.is_in_scope:
        said = f"{each.proposal} is not in the scope of the release"
        yield Reason(said, "Record the decision that puts it in, or leave it out")


@dataclass(frozen=True)
class Withdrawing:
    """A version that is about to be withdrawn before it takes effect."""

    version: str
    effective_on: date
    is_withdrawn: bool = False
    built_upon_by: tuple[str, ...] = ()


def reasons_against_withdrawing(what: Withdrawing, *, today: date, reason: str) -> list[Reason]:
    """Return why a published version may not be taken back; none if it may."""
    reasons = []
    if not reason.strip():
        said = "A withdrawal needs a reason"
        reasons.append(Reason(said, "Say why the version is taken back"))
    if what.is_withdrawn:
        said = f"Version {what.version} is withdrawn already"
        reasons.append(Reason(said, "Compose the release anew"))
    if what.effective_on <= today:
        said = f"Version {what.version} took effect on {_day(what.effective_on)}"
        reasons.append(Reason(said, "Correct its text, or let a later version put it right"))
    if what.built_upon_by:
        later = " and ".join(what.built_upon_by)
        said = f"{later} is built upon version {what.version}"
        reasons.append(Reason(said, "Withdraw what came after it first"))
    return reasons


def last_appeal_day(days: Iterable[date | None]) -> date | None:
    """Return the last of the days until which decisions can be appealed against, if any can be."""
    return max((day for day in days if day is not None), default=None)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
