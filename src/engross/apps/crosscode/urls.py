"""Addresses of crosscode."""

from django.urls import URLPattern

app_name = "crosscode"

urlpatterns: list[URLPattern] = []
