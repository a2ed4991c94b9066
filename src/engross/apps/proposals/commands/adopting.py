"""Taking a proposal over: another Party is its Proposer from then on."""

from collections.abc import Iterator
from datetime import date

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import may_change_registers
from engross.apps.parties.models import CategorySpell
from engross.apps.proposals.models import ProposalDetails
from engross.apps.proposals.queries.statements import organisations_of
from engross.core.proposals.framework.rules import MoveRule
from engross.core.refusals import Reason


def category_of(party: str, *, on: date) -> str:
    """Return the Party Category of a Party on a day; '' if no Party is called so."""
    spells = CategorySpell.objects.known_at(None).held_on(on).filter(party__label=party)
    return spells.order_by("pk").values_list("category", flat=True).first() or ""


def reasons_against_taking_over(
    move: MoveRule, party: str, details: ProposalDetails, by: User, *, on: date
) -> Iterator[Reason]:
    """Yield why a Party cannot become the Proposer by this move; none if it can."""
    if not move.takes_over:
        if party:
            yield Reason(f"'{move.name}' does not change the Proposer", "Leave the Party out")
    elif not party:
        yield Reason(f"'{move.name}' needs the Party that takes it over", "Say which",
                     move.clause)  # fmt: skip
    elif not category_of(party, on=on):
        yield Reason(f"No Party is called {party[:60]} on {on}", "Give its name as registered")
    elif party == details.proposer:
        yield Reason(f"{party} is its Proposer already", "Another Party takes it over",
                     move.clause)  # fmt: skip
    elif not may_change_registers(by) and party not in dict(organisations_of(by, on=on)):
        yield Reason(f"You do not act for {party}", "Choose a Party of yours")
