"""Who may sign in: a person, known by e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models

ACCOUNT_KINDS = ("person", "service")


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in with their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """Return a new person; an empty password means that they cannot sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user


class User(AbstractUser):
    """A person who may sign in, or a program that acts by tokens and never signs in.

    Staff of the administrator have `is_staff`, people of the Authority `is_authority`. Whose user
    or member somebody is stands in the app people, with days.
    """

    username = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(
        max_length=20,
        default="person",
        db_default="person",
        choices=[(each, each) for each in ACCOUNT_KINDS],
    )
    is_authority = models.BooleanField(default=False, db_default=False)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ACCOUNT_KINDS), name="user_kind_is_known"
            )
        ]

    @property
    def is_service(self) -> bool:
        """Say whether this is a program's account."""
        return self.kind == "service"

    def __str__(self) -> str:
        return self.name or self.email
