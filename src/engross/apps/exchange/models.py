"""Where changes are sent and what became of each; files of whole registers, and what they hold."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

DELIVERY_STATES = ("queued", "sending", "delivered", "failed", "void")
FORMS = ("csv", "jsonl", "parquet")


class Webhook(models.Model):
    """An address of somebody's own that is told of changes.

    No registers and no kinds mean all of them. `told_until` is the position in the audit's chain
    of the last event that was looked at for it. The secret that signs is made from `salt` and the
    site's own key, so that whoever reads the database alone cannot sign.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks"
    )
    url = models.CharField(max_length=500)
    registers = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    salt = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    told_until = models.BigIntegerField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_why = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.url

    @property
    def is_stopped(self) -> bool:
        """Say whether nothing is sent to it until somebody starts it again."""
        return self.stopped_at is not None


class Delivery(models.Model):
    """That a change is to be told to a webhook, and what became of it.

    What is sent is not kept: it is written anew for each attempt, from the event and from what
    the owner may read then. `message` stays the same, so that its receiver knows a repetition.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    position = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    message = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=20, default="queued")
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "position"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=DELIVERY_STATES), name="delivery_state_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.message}: {self.state}"


class BulkFile(models.Model):
    """A whole register as a file in one format, as it stands at `place` in the storage.

    `position` is that of the event up to which it is current; `made_at` is when its content last
    changed.
    """

    name = models.CharField(max_length=120)
    form = models.CharField(max_length=10)
    place = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    position = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "form"], name="bulkfile_once"),
            models.CheckConstraint(condition=Q(form__in=FORMS), name="bulkfile_form_known"),
        ]
        ordering = ("name", "form")

    def __str__(self) -> str:
        return f"{self.name}.{self.form}"
