"""Addresses of people: registration, the people of a Party, sessions, roles."""

from django.urls import URLPattern

app_name = "people"

urlpatterns: list[URLPattern] = []
