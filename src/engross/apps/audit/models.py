"""Who did what, and when. Rows are added, never changed."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class FixedQuerySet(models.QuerySet["Event"]):
    """Events, which nobody rewrites."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: only `audit.commands.erase_fields` empties a field, and says so."""
        raise TypeError("Events are added, never changed")

    def delete(self) -> NoReturn:
        """Refuse: an event stays."""
        raise TypeError("Events are added, never deleted")


class Event(models.Model):
    """One thing that somebody did; a link of a chain in which no edit stays unseen.

    The id is its position: without gaps, in the order in which the changes became visible, so
    that whoever follows what happens need only remember the last id. `digests` are salted hashes
    of the fields that a person's data may stand in; `hash` covers them and the event before it.
    A database trigger refuses to change what the hash covers.
    """

    id = models.BigIntegerField(primary_key=True)
    happened_at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=60, db_index=True, help_text="Such as 'register.import'.")
    subject = models.CharField(max_length=200, db_index=True, help_text="What it was done to.")
    rule = models.CharField(max_length=120, blank=True, help_text="By what right it was done.")
    source = models.CharField(max_length=200, blank=True, help_text="From where it was done.")
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    salts = models.JSONField(default=dict)
    digests = models.JSONField(default=dict)
    erased = models.JSONField(default=list, help_text="The fields that were emptied since.")
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    objects = FixedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
