"""Who may sign in: a person, known by e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

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
    sessions_ended = models.PositiveIntegerField(default=0, db_default=0)
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

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must hold to be this person's; it changes when all are ended."""
        salt = "engross.apps.accounts.sessions"
        value = f"{self.password}{self.sessions_ended or ''}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_service(self) -> bool:
        """Say whether this is a program's account."""
        return self.kind == "service"

    def __str__(self) -> str:
        return self.name or self.email


class CacheEntry(models.Model):
    """The table of Django's cache in the database, which all processes of the site share."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "engross_cache"

    def __str__(self) -> str:
        return self.cache_key
