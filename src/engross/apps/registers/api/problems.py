"""How the API says no: one form for every error (RFC 9457), and every kind of it in one table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from ninja import Field, Schema

from engross.core.refusals import Reason

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class ProblemKind:
    """A kind of problem: its status, its title, and what whoever meets it can do."""

    status: int
    title: str
    remedy: str


KINDS = {
    "bad-request": ProblemKind(400, "The request cannot be read", "Send it as the example does"),
    "unknown-token": ProblemKind(
        401, "The token is not known", "Send 'Authorization: Bearer' with a token that still holds"
    ),
    "not-allowed": ProblemKind(
        403, "Not allowed", "Use a token with the scope that the operation names"
    ),
    "not-found": ProblemKind(
        404, "Not found", "Look in the list for what there is; what you may not read is not there"
    ),
    "method-not-allowed": ProblemKind(
        405, "Not with this method", "Use one of the methods in the header Allow"
    ),
    "not-acceptable": ProblemKind(406, "Not in this format", "Accept application/json"),
    "conflict": ProblemKind(409, "It conflicts with the records", "Do what the reasons say"),
    "changed-meanwhile": ProblemKind(
        412, "Somebody else was first", "Read it again, and send If-Match with its new ETag"
    ),
    "too-large": ProblemKind(413, "Too large", "Send less at once"),
    "address-too-long": ProblemKind(414, "The address is too long", "Ask with fewer words"),
    "not-this-format": ProblemKind(
        415, "This format is not read here", "Send one of the formats that the operation names"
    ),
    "not-understood": ProblemKind(
        422, "Not understood", "Correct what the reasons name, and send it again"
    ),
    "condition-missing": ProblemKind(
        428, "A condition is missing", "Send If-Match with the ETag, or If-None-Match: * for new"
    ),
    "too-many-requests": ProblemKind(
        429, "Too many requests", "Wait as many seconds as the header Retry-After says"
    ),
    "fault": ProblemKind(
        500, "Something here went wrong", "Try again later; it was written down for us"
    ),
    "not-now": ProblemKind(503, "Not now", "Try again in a minute"),
}
_BY_STATUS = {kind.status: name for name, kind in KINDS.items()}


class ProblemReason(Schema):
    """One thing that is wrong, and what to do about it."""

    what: str
    remedy: str = ""
    clause: str = Field("", description="The clause of the code that says so, if one does")


class Problem(Schema):
    """Why a request was not answered (RFC 9457)."""

    type: str = Field(description="The address at which this kind of problem is explained")
    title: str
    status: int
    detail: str
    reasons: list[ProblemReason] = Field([], description="Every single thing that is wrong")


class ApiRefused(Exception):
    """An operation's own refusal: what kind of problem it is, and why."""

    def __init__(
        self, kind: str, detail: str, reasons: Iterable[Reason] = (), **more: object
    ) -> None:
        super().__init__(detail)
        self.kind, self.reasons, self.more = kind, tuple(reasons), more


def problem(
    kind: str, detail: str = "", reasons: Iterable[Reason] = (), **more: object
) -> JsonResponse:
    """Return a problem as an answer; `more` are members that only this kind of it has."""
    about = KINDS[kind]
    body: dict[str, Any] = {
        "type": problem_address(kind), "title": about.title, "status": about.status,
        "detail": detail or f"{about.remedy}.",
    }  # fmt: skip
    told = [{"what": each.what, "remedy": each.remedy, "clause": each.clause} for each in reasons]
    if told:
        body["reasons"] = told
    answer = JsonResponse({**body, **more}, status=about.status, content_type=MEDIA_TYPE)
    answer["Cache-Control"] = "no-store"
    return answer


def problem_address(kind: str) -> str:
    """Return the address at which a kind of problem is explained."""
    return f"{settings.SITE_URL}{reverse('api')}#problem-{kind}"


def kind_of_status(status: int) -> str:
    """Return the kind of problem that a status stands for; a fault for one that is not listed."""
    return _BY_STATUS.get(status, "fault" if status >= 500 else "bad-request")
