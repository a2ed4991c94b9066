"""What a proposal's timeline tells of its moves besides what they wrote into the registers."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse

from engross.apps.proposals.models import MoveMade
from engross.apps.proposals.queries.courses import frameworks
from engross.apps.registers.queries import RowsAbout, option_name
from engross.core.registers.timelines import Told

# Registers that tell on a timeline what a move wrote into them.
_TOLD_BY = frozenset({"proposal-stages", "decisions", "assessments", "proposal-holds"})


def moves_told(about: RowsAbout) -> Iterable[Told]:
    """Tell the moves that no register tells, and those that were taken back, with the reason.

    The reason of any other move is for those who work on it: it may quote what is not public.
    """
    if not about.is_named_in(MoveMade):
        return []
    own = about.identity.pk
    rows = MoveMade.objects.filter(Q(proposal=own) | Q(into=own)).select_related("proposal", "into")
    if about.known_at:
        rows = rows.filter(made_at__lte=about.known_at)
    made = {row.pk: row for row in rows.order_by("number")}
    theirs = {pk: row for pk, row in made.items() if row.proposal_id == own}
    joining = [row for row in made.values() if row.into_id]
    back = MoveMade.objects.filter(undoes__in=joining).order_by() if joining else []
    undone = {row.undoes_id for row in back}
    standing = [row for row in joining if row.pk not in undone]
    href = reverse("proposals:proposal", args=[about.identity.label])
    return [*_told(theirs, href=href), *(_joined(row, own=own) for row in standing)]


def _joined(row: MoveMade, *, own: int) -> Told:
    """Tell of two proposals put together, on the timeline of either."""
    other = row.into if row.proposal_id == own and row.into else row.proposal
    words = f"Went into {other}" if row.proposal_id == own else f"{other} went into it"
    return Told(row.made_on, words, href=reverse("proposals:proposal", args=[other.label]),
                key=f"joined/{row.pk}", told_at=row.made_at)  # fmt: skip


def _told(made: dict[int, MoveMade], *, href: str) -> Iterator[Told]:
    undone = {row.undoes_id for row in made.values()}
    for row in made.values():
        key = f"moves/{row.number}"
        if row.undoes_id:
            title = f"Taken back: {_done(made[row.undoes_id])}"
            yield Told(row.made_on, title, row.reason, href=href, key=key, told_at=row.made_at)
        elif row.pk not in undone and not _is_told(row):
            route = option_name("proposal_routes", row.route) if row.route else ""
            yield Told(row.made_on, _done(row), route, href=href, key=key, told_at=row.made_at)


def _is_told(row: MoveMade) -> bool:
    return any(note["register"] in _TOLD_BY for note in row.written)


def _done(row: MoveMade) -> str:
    rule = frameworks().on(row.made_on).moves.get(row.move)
    return rule.done if rule else option_name("proposal_moves", row.move)
