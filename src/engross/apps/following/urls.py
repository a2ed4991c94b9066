"""Addresses of what a person follows, and of their own page."""

from django.urls import URLPattern

app_name = "following"

urlpatterns: list[URLPattern] = []
