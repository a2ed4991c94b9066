"""Whose user, member or team-mate somebody becomes, and stops being."""

from datetime import date, datetime

from django.db import transaction

from engross.apps.accounts.commands import end_all_sessions
from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.mail.commands import Letter, queue_mail
from engross.apps.parties.models import Party
from engross.apps.people.commands.accounts import (
    Newcomer,
    mail_welcome,
    open_account,
    revoke_tokens,
    subject_of,
)
from engross.apps.people.models import (
    BodyMembership,
    PartyMembership,
    TeamMembership,
    Term,
    TermQuerySet,
)
from engross.apps.registers.queries import option_name
from engross.core.people.memberships import reasons_against_leaving, reasons_against_term
from engross.core.people.roles import BodyRole, PartyRole
from engross.core.refusals import Reason, Refused


@transaction.atomic
def invite_person(
    newcomer: Newcomer, party: Party, role: PartyRole, *, by: User, at: datetime, on: date
) -> PartyMembership:
    """Make somebody a user or administrator of a Party from today, and tell them by mail.

    Who has no account gets one, and a link to choose its password. Raises Refused if the person
    is one of the Party's already, or the account is closed or a program's.
    """
    _hold(party)
    user = User.objects.filter(email__iexact=newcomer.email).first()
    if user and (not user.is_active or user.is_service):
        raise Refused(Reason("This address cannot be used here", "Give another, or ask staff"))
    if user and _open_of(party, on).filter(user=user).exists():
        what = "Somebody with this address is one of the Party's people already"
        raise Refused(Reason(what, "Change their role in the list"))
    context = {"party": party.label, "by": by.name or by.email}
    if user:
        queue_mail(Letter("party_added", user, {"name": user.name, **context}), at=at)
    else:
        user = open_account(newcomer)
        mail_welcome(user, "party_invitation", at=at, **context)
    return _begin(user, party, role, by=by, at=at, on=on)


@transaction.atomic
def change_role(
    membership: PartyMembership, role: PartyRole, *, by: User, at: datetime, on: date
) -> PartyMembership:
    """Give somebody another role in their Party from today; the earlier one stays in history.

    Raises Refused if nothing would change, or nobody would manage the Party's people any more.
    """
    membership = _held_again(membership, on)
    if membership.role == role:
        raise Refused(Reason("This is their role already", "Choose another, or leave it"))
    _check_leaving(membership, by=by, on=on)
    _close(membership, on)
    if role is PartyRole.USER:
        end_all_sessions(membership.user)
    return _begin(membership.user, membership.party, role, by=by, at=at, on=on)


@transaction.atomic
def end_membership(
    membership: PartyMembership, *, by: User, at: datetime, on: date, reason: str = ""
) -> None:
    """End what somebody is to a Party, from today; their sessions end, and a program's tokens.

    Raises Refused if nobody would manage the Party's people any more; staff may do that.
    """
    membership = _held_again(membership, on)
    _check_leaving(membership, by=by, on=on)
    _close(membership, on)
    end_all_sessions(membership.user)
    if membership.user.is_service:
        revoke_tokens(membership.user, at=at)
    record_event(
        action="people.leave-party", subject=subject_of(membership.user), by=by, at=at,
        reason=reason, details={"party": membership.party.key, "role": membership.role},
    )  # fmt: skip


@transaction.atomic
def begin_term(
    user: User,
    body: str,
    role: BodyRole,
    *,
    held_from: date,
    held_until: date | None,
    by: User,
    at: datetime,
) -> BodyMembership:
    """Record a person's term on a body.

    Raises Refused if it is no term, or another one of theirs on that body is not over by then.
    """
    User.objects.select_for_update().get(pk=user.pk)
    reasons = reasons_against_term(held_from, held_until)
    if user.is_service:
        reasons.append(Reason("A program is no member of a body", "Choose a person"))
    others = BodyMembership.objects.not_over_on(held_from).filter(user=user, body=body)
    if held_until:
        others = others.filter(held_from__lt=held_until)
    if others.exists():
        what = f"They have a term on {option_name('bodies', body)} then already"
        reasons.append(Reason(what, "End that one first"))
    if reasons:
        raise Refused(reasons)
    term = BodyMembership.objects.create(
        user=user, body=body, role=role.value, held_from=held_from, held_until=held_until,
        approved_by=by, recorded_at=at,
    )  # fmt: skip
    details = {"body": body, "role": role.value, "held_from": str(held_from),
               "held_until": str(held_until or "")}  # fmt: skip
    record_event(action="people.join-body", subject=subject_of(user), by=by, at=at, details=details)
    return term


@transaction.atomic
def end_term(
    term: BodyMembership, *, held_until: date, by: User, at: datetime, on: date, reason: str = ""
) -> None:
    """Say from which day a person is no longer a member of a body.

    Raises Refused if the term is over by then, or begins later.
    """
    term = BodyMembership.objects.select_for_update().select_related("user").get(pk=term.pk)
    if term.held_until and term.held_until <= held_until:
        raise Refused(Reason("The term is over by then", "Give an earlier day, or leave it"))
    if held_until < term.held_from:
        raise Refused(Reason(f"The term begins on {term.held_from}", "Give that day or a later"))
    _close(term, held_until)
    if held_until <= on:
        end_all_sessions(term.user)
    record_event(
        action="people.leave-body", subject=subject_of(term.user), by=by, at=at, reason=reason,
        details={"body": term.body, "role": term.role, "held_until": str(held_until)},
    )  # fmt: skip


@transaction.atomic
def join_team(user: User, team: str, *, by: User, at: datetime, on: date) -> None:
    """Put a member of staff into a team. Raises Refused if they are in it, or are not of staff."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_staff:
        raise Refused(Reason("Teams are for staff", "Choose somebody of staff"))
    if TeamMembership.objects.not_over_on(on).filter(user=user, team=team).exists():
        raise Refused(Reason("They are in this team already", "Choose another"))
    TeamMembership.objects.create(
        user=user, team=team, held_from=on, approved_by=by, recorded_at=at
    )
    record_event(
        action="people.join-team", subject=subject_of(user), by=by, at=at, details={"team": team}
    )


@transaction.atomic
def leave_team(term: TeamMembership, *, by: User, at: datetime, on: date) -> None:
    """Take a member of staff out of a team. Raises Refused if they have left it."""
    term = TeamMembership.objects.select_for_update().select_related("user").get(pk=term.pk)
    if term.held_until and term.held_until <= on:
        raise Refused(Reason("They have left this team", "Look at the page again"))
    _close(term, on)
    record_event(
        action="people.leave-team", subject=subject_of(term.user), by=by, at=at,
        details={"team": term.team},
    )  # fmt: skip


def _begin(
    user: User, party: Party, role: PartyRole, *, by: User, at: datetime, on: date
) -> PartyMembership:
    made = PartyMembership.objects.create(
        user=user, party=party, role=role.value, held_from=on, approved_by=by, recorded_at=at
    )
    details = {"party": party.key, "role": role.value}
    record_event(
        action="people.join-party", subject=subject_of(user), by=by, at=at, details=details
    )
    return made


def begin_membership(
    user: User, party: Party, role: PartyRole, *, by: User, at: datetime, on: date
) -> PartyMembership:
    """Make an approved person a user or administrator of a Party; within the approval."""
    _hold(party)
    return _begin(user, party, role, by=by, at=at, on=on)


def _close(term: Term, on: date) -> None:
    # A term of the future that is given up has never held.
    term.held_until = max(on, term.held_from)
    term.save(update_fields=["held_until"])


def _hold(party: Party) -> None:
    """Make two who change the same Party's people wait for each other."""
    Party.objects.select_for_update().get(pk=party.pk)


def _open_of(party: Party, on: date) -> "TermQuerySet[PartyMembership]":
    return PartyMembership.objects.not_over_on(on).filter(party=party)


def _held_again(membership: PartyMembership, on: date) -> PartyMembership:
    """Return the membership as it is now that we hold its Party; Refused if it has ended."""
    _hold(membership.party)
    found = _open_of(membership.party, on).filter(pk=membership.pk)
    again = found.select_related("user", "party").first()
    if again is None:
        raise Refused(Reason("This has been changed meanwhile", "Look at the list again"))
    return again


def _check_leaving(membership: PartyMembership, *, by: User, on: date) -> None:
    if by.is_staff:
        return
    administrator = PartyRole.ADMINISTRATOR.value
    others = _open_of(membership.party, on).filter(role=administrator, user__is_active=True)
    reasons = reasons_against_leaving(
        is_administrator=membership.role == administrator,
        others=others.exclude(pk=membership.pk).count(),
    )
    if reasons:
        raise Refused(reasons)
