"""What a person asks of timetables."""

from engross.apps.timetables.forms.forecasts import ForecastFilterForm

__all__ = ["ForecastFilterForm"]
