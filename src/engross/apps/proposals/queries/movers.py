"""In which capacity somebody may move a proposal."""

from datetime import date

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import may_change_registers
from engross.apps.parties.models import CategorySpell
from engross.apps.people.models import BodyMembership, PartyMembership, TeamMembership
from engross.apps.proposals.models import ProposalDetails
from engross.core.people.roles import BodyRole
from engross.core.proposals.framework.rules import Framework, Role

_OF_CIRCLE = [role.value for role in BodyRole if role.is_of_circle]


def roles_of(
    user: User, framework: Framework, details: ProposalDetails | None, *, on: date
) -> frozenset[str]:
    """Return the keys of the roles in which a person acts on a day, for one proposal.

    Staff with a second factor act for their teams; whoever is in no team yet acts for all. They
    also record what others did who do not use the platform, where the code says so.
    """
    is_staff = may_change_registers(user)
    teams = set(TeamMembership.objects.held_on(on).filter(user=user).values_list("team", flat=True))
    bodies = set(
        BodyMembership.objects.held_on(on)
        .filter(user=user, role__in=_OF_CIRCLE)
        .values_list("body", flat=True)
    )
    own = PartyMembership.objects.held_on(on).filter(user=user).order_by()
    parties = dict(own.values_list("party_id", "party__label"))
    categories = set(
        CategorySpell.objects.known_at(None)
        .held_on(on)
        .filter(party__in=parties)
        .values_list("category", flat=True)
    )
    named = {
        role.key
        for role in framework.roles.values()
        if (role.is_authority and user.is_authority)
        or (role.is_any_party and categories)
        or (role.is_proposer and details is not None and details.proposer in parties.values())
        or bodies & set(role.bodies)
        or categories & set(role.categories)
        or (is_staff and _acts_for(role, teams))
    }
    if is_staff and any(framework.roles[key].teams for key in named):
        named |= {role.key for role in framework.roles.values() if role.is_recorded_by_staff}
    return frozenset(named)


def _acts_for(role: Role, teams: set[str]) -> bool:
    return bool(role.teams) and (not teams or bool(teams & set(role.teams)))
