"""Problems that were described, and who may do what with them."""

from datetime import date
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.parties.models import CategorySpell
from engross.apps.people.models import PartyMembership
from engross.apps.proposals.models import ProblemStatement
from engross.apps.proposals.queries.courses import frameworks
from engross.apps.proposals.queries.movers import roles_of
from engross.apps.registers.queries import active_code
from engross.core.proposals.framework.rules import MoveRule

REVIEW_LENGTH = "critical_friend_review_length"


def raising_move(on: date) -> MoveRule | None:
    """Return the usual move that begins a proposal on a day, if the code has one."""
    moves = frameworks().on(on).moves.values()
    return next((each for each in moves if each.starts_it and each.is_usual), None)


def may_raise(user: User, *, on: date) -> bool:
    """Say whether the code lets a person raise a proposal on a day."""
    move = raising_move(on)
    return move is not None and bool(
        roles_of(user, frameworks().on(on), None, on=on) & set(move.by)
    )


def may_review(user: User, *, on: date) -> bool:
    """Say whether a person comments on problems: a team that makes moves."""
    framework = frameworks().on(on)
    return any(framework.roles[key].teams for key in roles_of(user, framework, None, on=on))


def comments_due(statement: ProblemStatement) -> date | None:
    """Return the last day for comments on a problem; None if the code sets no time."""
    try:
        length = active_code().parameter(REVIEW_LENGTH, on=statement.submitted_on)
    except LookupError:
        return None
    calendar = calendar_of_the_code()
    return calendar.add_working_days_if_known(statement.submitted_on, int(str(length)))


def problems_of(user: User) -> Any:
    """Return the problems that a person described, the latest first."""
    return (
        ProblemStatement.objects.filter(submitted_by=user)
        .select_related("proposal")
        .order_by("-pk")
    )


def problems_waiting() -> Any:
    """Return the problems that are not raised or ended, the longest wait first."""
    rows = ProblemStatement.objects.filter(state__in=("waiting", "commented"))
    return rows.select_related("submitted_by").order_by("submitted_on", "pk")


def organisations_of(user: User, *, on: date) -> list[tuple[str, str]]:
    """Return the Parties for which a person can raise a proposal: name and Party Category."""
    terms = PartyMembership.objects.held_on(on).filter(user=user).select_related("party")
    parties = {term.party_id: term.party.label for term in terms.order_by("party__label")}
    spells = CategorySpell.objects.known_at(None).held_on(on).filter(party__in=parties).order_by()
    return sorted((parties[party], category)
                  for party, category in spells.values_list("party_id", "category"))  # fmt: skip
