"""Who may write by API: a program with a token that has the scope, of a person who may."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from engross.apps.accounts.models import User
from engross.apps.accounts.queries import may_change_registers
from engross.apps.registers.api.problems import ApiRefused, Problem

# What an operation that writes may answer beside its own.
WRITING = {401: Problem, 403: Problem, 409: Problem, 413: Problem, 422: Problem}


class Token(HttpBearer):
    """Lets in whose token has a scope; if it is for staff, those who set up a second factor.

    Being signed in does not count: no page of another site writes with a person's cookies.
    """

    def __init__(self, scope: str, *, is_for_staff: bool = True) -> None:
        super().__init__()
        self.scope, self.is_for_staff = scope, is_for_staff

    def __call__(self, request: HttpRequest) -> User:
        """Return whose token it is; raises ApiRefused."""
        scopes = getattr(request, "scopes", None)
        if scopes is None:
            raise ApiRefused("unknown-token", "Writing takes a token: Authorization: Bearer …")
        if self.scope not in scopes:
            raise ApiRefused("not-allowed", f"The token has not the scope {self.scope}")
        user = request.user
        if not isinstance(user, User):
            raise ApiRefused("unknown-token", "The token is nobody's")
        if self.is_for_staff and not may_change_registers(user):
            detail = "Only staff who have set up a second factor for signing in may write here"
            raise ApiRefused("not-allowed", detail)
        return user

    def authenticate(self, request: HttpRequest, token: str) -> User:
        """Return whose token it is; the request knows it already."""
        return self(request)


def writer_of(request: HttpRequest) -> User:
    """Return who writes, once `Token` has let them in."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("an operation that writes needs `auth=Token(...)`")
    return user
