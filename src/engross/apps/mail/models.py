"""The outbox: every mail is a row, from the moment its cause happened until it went or failed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from engross.apps.audit.models import Event


class State(models.TextChoices):
    """What became of a mail."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    BOUNCED = "bounced", "Bounced"


class Mail(models.Model):
    """A mail to one person, as it was or will be sent."""

    template = models.CharField(max_length=80, help_text="Such as 'following/digest'.")
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    to_address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True, help_text="The body alone; made of the text if empty.")
    paper_class = models.CharField(max_length=60, default="white")
    is_secret = models.BooleanField(
        default=False, help_text="Holds a link that lets in: never shown, and not kept once sent."
    )
    unsubscribe_url = models.CharField(max_length=500, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    once = models.CharField(
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text="What an address is told once: under it none gets a second mail.",
    )
    cause = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED.value)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Not before this moment.")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-queued_at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="mail_sent_at_known"
            ),
            models.UniqueConstraint(
                fields=["once", "to_address"], condition=~Q(once=""), name="mail_told_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state="queued"), name="mail_to_be_sent"
            ),
            models.Index(fields=["state", "queued_at"], name="mail_by_state"),
            models.Index(fields=["to_person", "queued_at"], name="mail_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"
