"""Reading timetables: what is to be expected of open proposals."""

from engross.apps.timetables.queries.forecasts import Forecasts, forecasts_on

__all__ = ["Forecasts", "forecasts_on"]
