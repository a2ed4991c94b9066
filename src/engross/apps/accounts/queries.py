"""Who someone is, and what they may do."""

from typing import TYPE_CHECKING, TypeGuard

from allauth.mfa.adapter import get_adapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from engross.apps.accounts.models import User
from engross.core.access import ANYONE, Reader

if TYPE_CHECKING:
    Person = User | AnonymousUser | AbstractBaseUser


def is_staff(user: "Person") -> TypeGuard[User]:
    """Say whether this is a signed-in member of the administrator's staff."""
    return isinstance(user, User) and user.is_active and user.is_staff


def has_second_factor(user: User) -> bool:
    """Say whether the person has set up a second factor for signing in."""
    return bool(get_adapter().is_mfa_enabled(user))


def may_change_registers(user: "Person") -> bool:
    """Say whether the person may write to the registers: staff with a second factor."""
    return is_staff(user) and has_second_factor(user)


def who_reads(request: HttpRequest) -> Reader:
    """Return who reads, as the request carries it; anyone where nothing said who."""
    reader: Reader = getattr(request, "reader", ANYONE)
    return reader
