"""Corrections to the table of holidays: a special bank holiday, or one that was struck out."""

from django.db import models

from engross.apps.registers.models import RecordedRow, live_key


class HolidayCorrection(RecordedRow):
    """A day that is, or is not, a holiday whatever the table of the nation says."""

    nation = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    is_holiday = models.BooleanField()
    name = models.CharField(max_length=200)
    announced_on = models.DateField()

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("holidaycorrection", "nation", "day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
