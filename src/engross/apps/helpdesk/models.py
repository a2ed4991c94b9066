"""People who asked the helpdesk something: when, how and about what."""

from django.db import models

from engross.apps.registers.models import RecordedRow, live_key, option_field


class Contact(RecordedRow):
    """One contact with the helpdesk. Who it was is not kept here."""

    reference = models.CharField(max_length=60)
    received_on = models.DateField()
    channel = option_field()
    topic = option_field(blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [*RecordedRow.Meta.constraints, live_key("contact", "reference")]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["received_on", "channel"], name="contact_by_day"),
        ]

    def __str__(self) -> str:
        return self.reference
