"""Addresses of timetables; an identifier may hold a slash, as some codes write them."""

from django.urls import path

from engross.apps.timetables import views

app_name = "timetables"
urlpatterns = [
    path("forecasts/", views.forecast_list, name="forecasts"),
    path("forecasts/<path:identifier>/", views.forecast, name="forecast"),
]
