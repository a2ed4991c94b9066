"""Who asks for an account."""

from django.db.models import QuerySet

from engross.apps.people.models import RegistrationRequest
from engross.core.people.roles import RequestState


def requests_waiting() -> QuerySet[RegistrationRequest]:
    """Return the requests that wait for staff, the oldest first."""
    waiting = RegistrationRequest.objects.filter(state=RequestState.WAITING)
    return waiting.select_related("party").order_by("asked_at", "pk")


def requests_decided() -> QuerySet[RegistrationRequest]:
    """Return the requests that were approved or refused, the latest decision first."""
    decided = RegistrationRequest.objects.filter(
        state__in=[RequestState.APPROVED, RequestState.REFUSED]
    )
    return decided.select_related("party", "decided_by", "user").order_by("-decided_at", "-pk")


def request_numbered(number: int) -> RegistrationRequest | None:
    """Return a request whose address is confirmed; None if there is no such one."""
    confirmed = RegistrationRequest.objects.exclude(state=RequestState.UNVERIFIED)
    return confirmed.select_related("party", "decided_by", "user").filter(pk=number).first()
