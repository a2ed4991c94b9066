"""Of which events a person wants no mail."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class OptOut(models.Model):
    """That a person wants no mail of an event that one need not be told of."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_opt_outs"
    )
    event = models.CharField(max_length=60, help_text="A key of the code's list of mails.")
    opted_out_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "event"], name="optout_once")
        ]
        indexes: ClassVar = [models.Index(fields=["event"], name="optout_by_event")]

    def __str__(self) -> str:
        return f"{self.person}: no mail of {self.event}"
