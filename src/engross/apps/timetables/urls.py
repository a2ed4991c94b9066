"""Addresses of timetables."""

from django.urls import URLPattern

app_name = "timetables"

urlpatterns: list[URLPattern] = []
