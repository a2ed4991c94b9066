"""Asking for an account, and what staff decide about it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.mail.commands import Letter, queue_mail
from engross.apps.parties.models import Party
from engross.apps.people.commands.accounts import Newcomer, mail_welcome, open_account
from engross.apps.people.commands.memberships import begin_membership
from engross.apps.people.models import RegistrationRequest
from engross.core.people.roles import PartyRole, RequestState
from engross.core.people.tokens import digest_of
from engross.core.refusals import Reason, Refused

CONFIRM_WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class Asked:
    """What somebody wrote who asks for an account."""

    newcomer: Newcomer
    party: Party | None
    interest: str
    why: str


@transaction.atomic
def request_account(asked: Asked, *, at: datetime) -> None:
    """Keep a request, and mail a link by which its address is confirmed.

    Whoever has an account already, or a request that waits, is mailed that instead: what the
    page says is the same, so that nobody learns from it who has an account.
    """
    email, name = asked.newcomer.email, asked.newcomer.name
    if User.objects.filter(email__iexact=email).exists():
        link = urljoin(settings.SITE_URL, reverse("account_reset_password"))
        queue_mail(Letter("account_there", email, {"name": name, "link": link}), at=at)
        return
    token = secrets.token_urlsafe(32)
    RegistrationRequest.objects.create(
        email=email, name=name, party=asked.party, interest=asked.interest, why=asked.why,
        asked_at=at, verification_digest=digest_of(token),
    )  # fmt: skip
    link = urljoin(settings.SITE_URL, reverse("people:confirm", args=[token]))
    queue_mail(
        Letter("confirm_request", email, {"name": name, "link": link}, is_secret=True), at=at
    )


@transaction.atomic
def confirm_request(token: str, *, at: datetime) -> None:
    """Note that whoever asked owns the address: the request now waits for staff.

    Raises Refused if there is no such request, its time is over, or another one waits.
    """
    asked = (
        RegistrationRequest.objects.select_for_update()
        .filter(verification_digest=digest_of(token))
        .first()
    )
    if asked is None or (asked.state == RequestState.UNVERIFIED and _is_late(asked, at)):
        raise Refused(Reason("This link is not right, or its time is over", "Ask once more"))
    if asked.state != RequestState.UNVERIFIED:
        return
    others = RegistrationRequest.objects.filter(email=asked.email, state=RequestState.WAITING)
    if others.exists():
        raise Refused(Reason("A request with this address waits already", "Wait for its answer"))
    asked.state, asked.verified_at = RequestState.WAITING.value, at
    asked.save(update_fields=["state", "verified_at"])
    record_event(action="people.request", subject=_subject(asked), by=None, at=at)


@transaction.atomic
def approve_request(
    number: int, *, party: Party | None, role: PartyRole, by: User, at: datetime, on: date
) -> User:
    """Open an account for whoever asked, perhaps as one of a Party's people, and mail the link.

    Raises Refused if the request is decided, or there is an account with that address.
    """
    asked = _waiting(number)
    user = open_account(Newcomer(asked.email, asked.name))
    _decide(asked, RequestState.APPROVED, user=user, by=by, at=at)
    mail_welcome(user, "request_approved", at=at, party=party.label if party else "")
    # Last, as it adds an event.
    if party:
        begin_membership(user, party, role, by=by, at=at, on=on)
    details = {"party": party.key if party else "", "role": role.value if party else ""}
    record_event(action="people.approve", subject=_subject(asked), by=by, at=at, details=details)
    return user


@transaction.atomic
def refuse_request(number: int, *, by: User, at: datetime, reason: str) -> None:
    """Refuse an account, and mail the reason. Raises Refused if the request is decided."""
    if not reason.strip():
        raise Refused(Reason("A refusal needs its reason", "Say why; it is mailed"))
    asked = _waiting(number)
    _decide(asked, RequestState.REFUSED, by=by, at=at, reason=reason)
    context = {"name": asked.name, "reason": reason}
    queue_mail(Letter("request_refused", asked.email, context), at=at)
    record_event(action="people.refuse", subject=_subject(asked), by=by, at=at, reason=reason)


@transaction.atomic
def forget_unconfirmed(*, at: datetime) -> int:
    """Delete the requests whose address nobody confirmed in time; return how many."""
    late = RegistrationRequest.objects.filter(
        state=RequestState.UNVERIFIED, asked_at__lt=at - CONFIRM_WITHIN
    )
    return late.delete()[0]


def _is_late(asked: RegistrationRequest, at: datetime) -> bool:
    return asked.asked_at < at - CONFIRM_WITHIN


def _waiting(number: int) -> RegistrationRequest:
    """Return the request, held; Refused with who decided it and when if somebody did."""
    asked = RegistrationRequest.objects.select_for_update().get(pk=number)
    if asked.state != RequestState.WAITING:
        by = asked.decided_by.name if asked.decided_by else "nobody"
        what = f"This request is {asked.state} already, by {by} on {asked.decided_at:%d %B %Y}"
        raise Refused(Reason(what, "Look at the request again"))
    return asked


def _decide(
    asked: RegistrationRequest,
    state: RequestState,
    *,
    by: User,
    at: datetime,
    user: User | None = None,
    reason: str = "",
) -> None:
    asked.state, asked.decided_by, asked.decided_at = state.value, by, at
    asked.decision_reason, asked.user = reason, user
    asked.save(update_fields=["state", "decided_by", "decided_at", "decision_reason", "user"])


def _subject(asked: RegistrationRequest) -> str:
    return f"people/requests/{asked.pk}"
