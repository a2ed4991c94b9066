"""Every proposal's spells in its stages, as forecasts are told from."""

from django.db.models import F

from engross.apps.proposals.models import HoldSpell, ProposalDetails
from engross.apps.proposals.queries.histories import all_moves
from engross.apps.registers.queries import active_code
from engross.core.proposals.forecasting.passages import Held, Passage, spells_of
from engross.core.proposals.histories import stages_of


def passages() -> list[Passage]:
    """Return the passages of all proposals of which a dated move is known, in order of keys.

    Three queries, however many there are. The route is the one that each takes now.
    """
    code = active_code()
    stages = stages_of(code)
    following = {each.key: each.texts("next") for each in code.options("proposal_stages")}
    moves, holds = all_moves(None), _holds()
    rows = ProposalDetails.objects.known_at(None).order_by("proposal__key")
    found = []
    for pk, key, route in rows.values_list("proposal_id", "proposal__key", "route"):
        if spells := spells_of(moves.get(pk, ()), stages, following):
            found.append(Passage(key, route, spells, tuple(holds.get(pk, ()))))
    return found


def _holds() -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = {}
    rows = HoldSpell.objects.known_at(None).order_by("held_from", F("held_until").asc())
    for pk, held_from, held_until in rows.values_list("proposal_id", "held_from", "held_until"):
        found.setdefault(pk, []).append(Held(held_from, held_until))
    return found
