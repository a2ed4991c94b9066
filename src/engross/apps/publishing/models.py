"""What is sent out: the newsletter."""

from django.db import models

from engross.apps.registers.models import RecordedRow, live_key


class NewsletterIssue(RecordedRow):
    """One issue of the newsletter, and how far it reached."""

    issued_on = models.DateField()
    title = models.CharField(max_length=200)
    subscribers = models.PositiveIntegerField(null=True, blank=True)
    views = models.PositiveIntegerField(null=True, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("newsletterissue", "issued_on", "title"),
        ]

    def __str__(self) -> str:
        return self.title
