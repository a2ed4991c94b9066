"""Reading timetables: what is to be expected of open proposals."""

from engross.apps.timetables.queries.forecasts import Forecasts, forecasts_on
from engross.apps.timetables.queries.listed import ForecastList, ForecastsAsked, ListedForecast
from engross.apps.timetables.queries.panels import forecast_panel

__all__ = [
    "ForecastList",
    "Forecasts",
    "ForecastsAsked",
    "ListedForecast",
    "forecast_panel",
    "forecasts_on",
]
