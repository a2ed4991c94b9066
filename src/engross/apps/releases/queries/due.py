"""What goes live on a day: parts of proposals whose version takes effect, and not noted yet."""

from dataclasses import dataclass
from datetime import date

from engross.apps.accounts.models import User
from engross.apps.legaltext.models import Recording
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries.courses import frameworks
from engross.apps.registers.queries import active_code
from engross.apps.releases.models import Tranche

PART_MOVE = "implement-part"


@dataclass(frozen=True)
class Due:
    """A part of a proposal whose version took effect, and which nobody noted as done.

    `move` is the move that it makes, '' where the code knows none; `published_by` made the
    version, and answers for the move.
    """

    proposal: Proposal
    sequence: int
    version: str
    implemented_on: date
    is_last: bool
    move: str
    published_by: User | None


def implementations_due(on: date) -> list[Due]:
    """Return the parts that went live by the end of a day and are not noted as done, in order."""
    done = [each.key for each in active_code().options("tranche_states") if each.flag("is_done")]
    rows = Tranche.objects.known_at(None).exclude(state__in=done)
    waiting = rows.filter(version__isnull=False, implemented_on__lte=on)
    listed = list(
        waiting.select_related("proposal", "version").order_by(
            "implemented_on", "proposal__key", "sequence"
        )
    )
    open_parts: dict[int, int] = {}
    theirs = rows.filter(proposal__in=[each.proposal_id for each in listed])
    for proposal in theirs.order_by("pk").values_list("proposal_id", flat=True):
        open_parts[proposal] = open_parts.get(proposal, 0) + 1
    publishers = _publishers([each.version_id for each in listed if each.version_id])
    found = []
    for each in listed:
        open_parts[each.proposal_id] -= 1
        is_last = not open_parts[each.proposal_id]
        day = each.implemented_on or on
        found.append(
            Due(
                each.proposal, each.sequence, str(each.version), day, is_last,
                move_for(day, is_last=is_last), publishers.get(each.version_id or 0),
            )
        )  # fmt: skip
    return found


def move_for(day: date, *, is_last: bool) -> str:
    """Return the move by which a proposal, or a part of it, is implemented; '' for none."""
    moves = frameworks().on(day).moves
    if not is_last:
        return PART_MOVE if PART_MOVE in moves else ""
    stages = active_code().options("proposal_stages")
    done = {each.key for each in stages if each.text("counted_as") == "implemented"}
    fitting = [each for each in moves.values() if each.to_stage in done and not each.sets]
    return min(fitting, key=lambda each: each.order).key if fitting else ""


def _publishers(versions: list[int]) -> dict[int, User]:
    rows = Recording.objects.standing().filter(version__in=versions, recorded_by__isnull=False)
    listed = rows.exclude(text_hash="").select_related("recorded_by").order_by("-pk")
    return {each.version_id: each.recorded_by for each in listed if each.version_id}  # type: ignore[misc]
