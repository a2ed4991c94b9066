"""Pages of timetables: what is to be expected of open proposals."""

from engross.apps.timetables.views.forecasts import forecast, forecast_list

__all__ = ["forecast", "forecast_list"]
