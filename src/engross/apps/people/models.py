"""Whose user, whose member and of which team a person is, from when until when."""

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from engross.apps.parties.models import Party
from engross.apps.registers.models import option_field

Held = TypeVar("Held", bound="Term")
PARTY_ROLES = ("user", "administrator")
BODY_ROLES = ("member", "chair", "alternate", "observer")
REQUEST_STATES = ("unverified", "waiting", "approved", "refused")


class TermQuerySet(models.QuerySet[Held]):
    """Terms by the day they hold."""

    def held_on(self, day: date) -> Self:
        """Return the terms that hold on `day`."""
        until = Q(held_until__isnull=True) | Q(held_until__gt=day)
        return self.filter(until, held_from__lte=day)

    def not_over_on(self, day: date) -> Self:
        """Return the terms that hold on `day` or begin later."""
        return self.filter(Q(held_until__isnull=True) | Q(held_until__gt=day))


class Term(models.Model):
    """Something that a person is from a day until another, and who said so.

    A term that ends on its first day held for no day at all: it was a mistake.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)s_set"
    )
    held_from = models.DateField()
    held_until = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects: ClassVar[TermQuerySet[Self]] = TermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_until__gte=F("held_from")),
                name="%(class)s_held_in_order",
            )
        ]


class PartyMembership(Term):
    """That a person is a user of a Party, or one who manages its people."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(each, each) for each in PARTY_ROLES])

    class Meta(Term.Meta):
        constraints: ClassVar = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "party"],
                condition=Q(held_until__isnull=True),
                name="partymembership_one_open",
            ),
            models.CheckConstraint(
                condition=Q(role__in=PARTY_ROLES), name="partymembership_role_is_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["party", "held_until"], name="members_of_party")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.party}"


class BodyMembership(Term):
    """A person's term on a body of the code."""

    body = option_field()
    role = models.CharField(max_length=20, choices=[(each, each) for each in BODY_ROLES])

    class Meta(Term.Meta):
        constraints: ClassVar = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "body"],
                condition=Q(held_until__isnull=True),
                name="bodymembership_one_open",
            ),
            models.CheckConstraint(
                condition=Q(role__in=BODY_ROLES), name="bodymembership_role_is_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["body", "held_until"], name="members_of_body")]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.body}"


class TeamMembership(Term):
    """That a member of staff works in a team."""

    team = option_field()

    class Meta(Term.Meta):
        constraints: ClassVar = [
            *Term.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "team"],
                condition=Q(held_until__isnull=True),
                name="teammembership_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.team}"


class RegistrationRequest(models.Model):
    """What somebody wrote who asks for an account, and what staff decided."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    interest = models.CharField(max_length=200, blank=True, help_text="Of who is of no Party.")
    why = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    verification_digest = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, default="unverified")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registration_requests",
        help_text="The account that came of it.",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=REQUEST_STATES), name="registrationrequest_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("unverified", "waiting"))
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="registrationrequest_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["email"], condition=Q(state="waiting"), name="registrationrequest_one_waits"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"], name="requests_by_state")]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class ApiToken(models.Model):
    """What a program shows to act for a person; only its digest is kept, and how it begins."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens"
    )
    name = models.CharField(max_length=100, help_text="What it is for.")
    prefix = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "made_at"], name="tokens_of_person")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
