"""Who did what, and when. Rows are added, never changed."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One thing that somebody did."""

    happened_at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=60, help_text="Such as 'register.import'.")
    subject = models.CharField(max_length=200, help_text="What it was done to.")
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ("-happened_at", "-id")

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
