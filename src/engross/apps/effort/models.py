"""Days of work, by month and by what they were for."""

from django.db import models

from engross.apps.registers.models import RecordedRow, live_key, option_field


class EffortEntry(RecordedRow):
    """Days that a team spent in a month on a product, under a driver."""

    month = models.DateField(help_text="The first day of the month.")
    effort_group = option_field()
    driver = option_field()
    product = option_field(blank=True)
    team = option_field()
    grade = option_field(blank=True)
    days = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta(RecordedRow.Meta):
        constraints = [
            *RecordedRow.Meta.constraints,
            live_key("effortentry", "month", "effort_group", "driver", "product", "team", "grade"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.driver}: {self.days}"
