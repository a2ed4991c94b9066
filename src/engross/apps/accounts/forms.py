"""Forms of signing in that take what a browser says of a passkey, whatever that is."""

import logging
from collections.abc import Callable
from typing import Any

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
