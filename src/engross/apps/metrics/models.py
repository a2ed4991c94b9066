"""Monthly totals that come from outside the platform, or from before it."""

from django.db import models

from engross.apps.registers.models import RecordedRow, live_key, option_field


class SeriesValue(RecordedRow):
    """One value of a monthly series: for a month and, where the series has parts, a part."""

    series = option_field()
    month = models.DateField(help_text="The first day of the month.")
    part = models.CharField(max_length=120, blank=True)
    value = models.BigIntegerField(null=True, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    is_at_least = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("seriesvalue", "series", "month", "part"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.month:%Y-%m} {self.part}"
