"""How allauth behaves here: nobody opens an account by themselves yet."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the administrator; `engross staff add` makes the first."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: there is no registration by oneself."""
        return False
