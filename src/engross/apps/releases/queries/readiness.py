"""Whether a composition may be published: what it carries, and what is on file about that."""

from collections.abc import Iterable
from datetime import date

from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.legaltext.models import Recording
from engross.apps.legaltext.queries import code_as_at
from engross.apps.proposals.models import Decision, Proposal
from engross.apps.proposals.queries import outside_routes
from engross.apps.proposals.queries.courses import Course, courses_of, frameworks
from engross.apps.registers.queries import active_code
from engross.apps.releases.models import ChangeSetVersion, Composition
from engross.apps.releases.queries.compositions import Composed
from engross.apps.releases.queries.due import move_for
from engross.apps.releases.queries.scopes import proposals_in_scope
from engross.core.legaltext.provisions import text_hash
from engross.core.proposals.framework.deadlines import windows_after
from engross.core.releases.publishing import (
    Carried,
    ToPublish,
    Withdrawing,
    last_appeal_day,
)

# The mark of the code's framework that says that a decision is under appeal.
APPEALED = "appealed"


def to_publish(made: Composed, *, effective_on: date, on: date) -> ToPublish:
    """Return a composition as the rule against publishing asks of it, for a day; `on` is today."""
    row = made.composition
    return ToPublish(
        name=str(row),
        published_as=row.published_version.key if row.published_version else "",
        conflicts_left=row.conflicts_left,
        findings_left=row.findings_left,
        gives_same_text=made.merged.hash == row.result_hash,
        is_on_current_text=text_hash(code_as_at(on=effective_on)) == row.base_hash,
        newer_versions=newer_versions(row, on=effective_on),
        carried=carried_by(row, on=on),
    )


def newer_versions(made: Composition, *, on: date) -> tuple[str, ...]:
    """Return the versions that were published since a composition was made, up to a day."""
    rows = Recording.objects.standing().filter(
        recorded_at__gt=made.base_known_at, effective_on__lte=on, version__isnull=False
    )
    found = rows.order_by("effective_on", "pk").values_list("version__key", flat=True)
    return tuple(key for key in dict.fromkeys(found) if key)


def withdrawing(made: Composition) -> Withdrawing:
    """Return a published composition as the rule against withdrawing asks of it.

    Raises ValueError if it is not published.
    """
    rows = Recording.objects.filter(version=made.published_version).exclude(text_hash="")
    row = rows.order_by("pk").first()
    if made.published_version is None or row is None:
        raise ValueError(f"{made} is not published")
    later = Recording.objects.standing().filter(pk__gt=row.pk, version__isnull=False)
    built = later.exclude(text_hash="").order_by("pk").values_list("version__key", flat=True)
    return Withdrawing(
        version=made.published_version.key,
        effective_on=row.effective_on,
        is_withdrawn=made.withdrawn_at is not None,
        built_upon_by=tuple(f"Version {key}" for key in dict.fromkeys(built)),
    )


def carried_by(made: Composition, *, on: date) -> tuple[Carried, ...]:
    """Return the change sets that a composition takes in, with what is on file about each."""
    chosen = made.chosen.select_related("change_set__proposal").order_by("change_set__name")
    return carried(list(chosen), release=made.release_id, on=on)


def carried(versions: Iterable[ChangeSetVersion], *, release: int, on: date) -> tuple[Carried, ...]:
    """Return versions of change sets with what is on file about their proposals."""
    listed = list(versions)
    keys = {each.change_set.proposal_id for each in listed if each.change_set.proposal_id}
    approvals, courses = _approvals(keys), courses_of(keys, on=on)
    in_scope = proposals_in_scope(release)
    return tuple(
        _carried(
            each,
            approval=approvals.get(each.change_set.proposal_id or 0),
            course=courses.get(each.change_set.proposal_id or 0),
            on=on,
            is_in_scope=each.change_set.proposal_id in in_scope,
        )
        for each in listed
    )


def _carried(
    version: ChangeSetVersion, *, approval: Decision | None, course: Course | None,
    is_in_scope: bool, on: date,
) -> Carried:  # fmt: skip
    proposal = version.change_set.proposal
    if proposal is None:
        return Carried(version.change_set.name)
    ends = _windows_end(course, approval, on=on) if course else []
    return Carried(
        change_set=version.change_set.name,
        proposal=str(proposal),
        is_approved=_is_approved(proposal, approval, course),
        appeal_ends_on=last_appeal_day(ends),
        is_appeal_end_unknown=None in ends,
        # No body decides on the release of what is made outside the process.
        is_in_scope=is_in_scope or bool(course and course.state.route in outside_routes()),
    )


def _is_approved(proposal: Proposal, approval: Decision | None, course: Course | None) -> bool:
    """Say whether a proposal was approved: its stage tells, and where it has none, a decision."""
    if course is not None and APPEALED in course.state.marks:
        return False
    stages = {each.key: each for each in active_code().options("proposal_stages")}
    option = stages.get(proposal.stage)
    if option is None:
        return approval is not None
    return option.text("counted_as") in {"approved", "implemented"}


def _approvals(proposals: Iterable[int]) -> dict[int, Decision]:
    """Return the approval of each proposal whose last final decision approves it."""
    outcomes = {each.key: each for each in active_code().options("decision_outcomes")}
    final = [key for key, each in outcomes.items() if each.flag("is_final")]
    rows = Decision.objects.known_at(None).filter(proposal__in=proposals, outcome__in=final)
    last = {row.proposal_id: row for row in rows.order_by("decided_on", "pk")}
    return {key: row for key, row in last.items() if outcomes[row.outcome].flag("is_approval")}


def _windows_end(course: Course, approval: Decision | None, *, on: date) -> list[date | None]:
    """Return when the windows end that have to run out before the proposal is implemented.

    Those that its moves opened, and those that a decision opens which only a register tells.
    """
    rule = course.framework(on).moves.get(move_for(on, is_last=True))
    days = course.due_days(on)
    ends = [days[clock] for clock in (rule.waits_for if rule else ()) if clock in days]
    return ends + (_opened_by(approval, course.state.route) if approval else [])


def _opened_by(approval: Decision, route: str) -> list[date | None]:
    return windows_after(
        frameworks().on(approval.decided_on), outcome=approval.outcome, body=approval.body,
        route=route, on=approval.decided_on, code=active_code(),
        calendar=calendar_of_the_code(),
    )  # fmt: skip
