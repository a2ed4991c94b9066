"""Addresses of timetables; an identifier may hold a slash, as some codes write them."""

from django.urls import path

from engross.apps.timetables import views
from engross.apps.timetables.views import timetables, work

app_name = "timetables"
urlpatterns = [
    path("whose-move/", work.mine, name="mine"),
    path("whose-move/analysts/", work.analysts, name="analysts"),
    path("whose-move/<slug:body>/", work.of_body, name="body"),
    path("timetables/<path:identifier>/approve/", timetables.approve, name="approve"),
    path("timetables/<path:identifier>/", timetables.timetable, name="timetable"),
    path("forecasts/", views.forecast_list, name="forecasts"),
    path("forecasts/<path:identifier>/", views.forecast, name="forecast"),
]
