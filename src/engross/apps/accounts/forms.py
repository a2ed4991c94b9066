"""Forms of signing in: called as everything here is, and proof against made-up passkeys."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.account import forms as account
from allauth.core.exceptions import RateLimited
from allauth.mfa.webauthn import forms as keys
from django.forms import ValidationError

_log = logging.getLogger("engross.accounts")
_NOT_UNDERSTOOD = "What your browser sent is no passkey of this account. Try again."


def _understood(clean: Callable[[], Any]) -> Any:
    """Return what a form's own check returns; a ValidationError for what its reader cannot bear.

    A made-up passkey raises almost anything in the packages that take it apart: a key that is
    missing, a signature that is none, bytes that end too soon.
    """
    try:
        return clean()
    except (ValidationError, RateLimited):
        raise
    except Exception as error:
        _log.warning("A passkey that cannot be read: %s", type(error).__name__)
        raise ValidationError(_NOT_UNDERSTOOD) from error


class AddKeyForm(keys.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey or security key."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].help_text = "So that you tell it from others."
        passwordless = self.fields["passwordless"]
        passwordless.label = "It opens my account without a password"
        passwordless.help_text = "Your device then asks for your fingerprint, face or PIN."

    def clean(self) -> Any:
        """Return what was typed and sent, if it is a key."""
        return _understood(super().clean)


class KeyForm(keys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey or security key as the second factor."""

    def clean_credential(self) -> Any:
        """Return the key, if it is one of the account."""
        return _understood(super().clean_credential)


class PasskeySignInForm(keys.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of a password."""

    def clean_credential(self) -> Any:
        """Return the key, if it is one of an account."""
        return _understood(super().clean_credential)


class KeyAgainForm(keys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey or security key, once more."""

    def clean_credential(self) -> Any:
        """Return the key, if it is one of the account."""
        return _understood(super().clean_credential)


# What allauth's fields are called here.
WORDS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "remember": "Keep me signed in on this device",
    "oldpassword": "Your password now",
    "password": "Password",
    "password1": "New password",
    "password2": "The new password again",
}


class _Worded:
    """Calls fields as the rest of the site does, and leaves their hints to the page."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in WORDS.items():
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = label, ""
                self.fields[name].widget.attrs.pop("placeholder", None)


class SignInForm(_Worded, account.LoginForm):  # type: ignore[misc]
    """An address and a password."""


class PasswordAgainForm(_Worded, account.ReauthenticateForm):  # type: ignore[misc]
    """The password, once more."""


class ChangePasswordForm(_Worded, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password for the one that is known."""


class SetPasswordForm(_Worded, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class ForgottenPasswordForm(_Worded, account.ResetPasswordForm):  # type: ignore[misc]
    """Where the link to a new password goes."""


class NewPasswordForm(_Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by a link."""


class NewAddressForm(_Worded, account.AddEmailForm):  # type: ignore[misc]
    """A new address of the account."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].label = "New address"
