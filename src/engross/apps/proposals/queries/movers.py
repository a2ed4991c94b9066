"""In which capacity somebody may move a proposal."""

from datetime import date

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import may_change_registers
from engross.apps.parties.models import CategorySpell
from engross.apps.people.models import BodyMembership, PartyMembership, TeamMembership
from engross.apps.proposals.models import ProposalDetails
from engross.apps.proposals.queries.courses import frameworks
from engross.core.people.roles import BodyRole
from engross.core.proposals.framework.openings import may_make
from engross.core.proposals.framework.rules import Framework, MoveRule, Role

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


def starts_open_to(user: User, *, on: date) -> list[MoveRule]:
    """Return the moves by which a person may begin a proposal, other than the usual one."""
    framework = frameworks().on(on)
    roles = roles_of(user, framework, None, on=on)
    return [
        rule for rule in framework.moves.values()
        if rule.starts_it and rule.to_stage and not rule.is_usual and may_make(rule, roles)
    ]  # fmt: skip


def bodies_acted_for(user: User, framework: Framework, *, on: date) -> frozenset[str]:
    """Return the keys of the bodies whose moves are a person's own to make on a day.

    They sit on them, are of the Authority, or are of a Party that is one, as the DCC is. What
    staff record for others is not theirs.
    """
    own = set(BodyMembership.objects.held_on(on).filter(user=user, role__in=_OF_CIRCLE)
              .values_list("body", flat=True))  # fmt: skip
    if not user.is_staff:
        roles = (framework.roles[key] for key in roles_of(user, framework, None, on=on))
        own |= {body for role in roles for body in (*role.bodies, role.key)}
    return frozenset(own)


def _acts_for(role: Role, teams: set[str]) -> bool:
    return bool(role.teams) and (not teams or bool(teams & set(role.teams)))
