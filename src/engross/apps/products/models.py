"""Product lists as they were published, and the devices that were assured."""

from django.db import models
from django.db.models import Q

from engross.apps.registers.models import RecordedRow, live_key, option_field


class ListPublication(RecordedRow):
    """One version of a product list, and the day it was published."""

    product_list = option_field()
    version = models.CharField(max_length=40)
    published_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("listpublication", "product_list", "version"),
        ]
        indexes = [
            *RecordedRow.Meta.indexes,
            models.Index(fields=["published_on"], name="listpublication_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.product_list} {self.version}"


class AssuranceEntry(RecordedRow):
    """Devices of one kind that are assured for a mode in a region."""

    reference = models.CharField(max_length=60)
    device_type = option_field()
    mode = option_field(blank=True)
    region = option_field(blank=True)
    devices = models.PositiveIntegerField()
    assured_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("assuranceentry", "reference"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("assured_on")),
                name="assuranceentry_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.device_type}"
