"""How allauth behaves here: who gets in, by which door, and where a mail's links lead."""

from typing import Any
from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from engross.apps.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by staff; whoever has one signs in with the address of it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed.",
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "email_taken": "Another account has this address.",
        "enter_current_password": "Type your current password.",
        "incorrect_code": "This code is not right, or its time is over. Take the one shown now.",
        "incorrect_password": "This password is not right.",
        "invalid_password_reset": "This link has been used, or its time is over.",
        "max_email_addresses": "An account has %d addresses at most.",
        "rate_limited": "Too many attempts. Wait a few minutes, then try again.",
        "same_as_current": "This is the address that you have now.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: an account is asked for, and opened by staff."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse | None:
        """Turn away programs, which have tokens, besides people whose account is closed."""
        if user.is_service:
            return redirect("account_inactive")
        response: HttpResponse | None = super().pre_login(request, user, **rest)
        return response

    # The address of the site, never what a request calls it: a mail must not lead elsewhere.

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address at which a new password is chosen."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(urljoin(settings.SITE_URL, path.replace("UID-KEY", key)))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the address at which an e-mail address is confirmed."""
        path = reverse("account_confirm_email", args=[emailconfirmation.key])
        return str(urljoin(settings.SITE_URL, path))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail that knows the site by its own address."""
        super().send_mail(template_prefix, email, {**context, "site_url": settings.SITE_URL})


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, explained in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": "Set up an app or a passkey first.",
        "unverified_email": "Confirm your e-mail address first.",
        "incorrect_code": "This code is not right, or its time is over. Take the one shown now.",
    }

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """Return what a new passkey is called until its owner says better."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}"


class OrganisationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in through an organisation: for accounts that there are, by their verified address."""

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """Say whether the organisation speaks for this address: its domain is one of its own."""
        domain = email.rpartition("@")[2].lower()
        return domain in login.provider.app.settings["domains"]

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let in only whoever has an account with that address; nothing else is connected.

        Whether there is such an account is not said.
        """
        is_sign_in = sociallogin.state.get("process") == "login"
        if not (is_sign_in and sociallogin.is_existing and _is_verified(sociallogin)):
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say no: an organisation opens no accounts here."""
        return False


def _is_verified(sociallogin: Any) -> bool:
    told = [each.email for each in sociallogin.email_addresses if each.verified]
    addresses = EmailAddress.objects.filter(user=sociallogin.user, verified=True)
    return any(addresses.filter(email__iexact=each).exists() for each in told)
