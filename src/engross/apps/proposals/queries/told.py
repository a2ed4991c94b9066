"""What a proposal's timeline tells of its moves besides what they wrote into the registers."""

from collections.abc import Iterable, Iterator

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
    rows = MoveMade.objects.filter(proposal=about.identity.pk)
    if about.known_at:
        rows = rows.filter(made_at__lte=about.known_at)
    made = {row.pk: row for row in rows.order_by("number")}
    return list(_told(made, href=reverse("proposals:proposal", args=[about.identity.label])))


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
