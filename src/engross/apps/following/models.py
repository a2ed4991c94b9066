"""What each person follows, up to which event they were told, and their private calendar."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

KINDS = ("proposal", "document", "clause", "body", "category", "register", "everything")
RHYTHMS = ("instant", "daily", "weekly", "none")


class Follow(models.Model):
    """That a person follows something.

    `told_until` is the position in the audit's chain of the last event that was looked at for
    this follow: what came after it is news.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120, blank=True)
    rhythm = models.CharField(max_length=10)
    followed_at = models.DateTimeField()
    told_until = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="follow_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="follow_kind_known"),
            models.CheckConstraint(condition=Q(rhythm__in=RHYTHMS), name="follow_rhythm_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["rhythm", "told_until"], name="follow_to_tell")]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind} {self.key}"


class Round(models.Model):
    """When news of a rhythm was last told to everybody who follows in it."""

    rhythm = models.CharField(max_length=10, unique=True)
    told_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.rhythm}: {self.told_on}"


class PrivateCalendar(models.Model):
    """The secret part of the address at which a person's calendar can be had without signing in."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="private_calendar"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
