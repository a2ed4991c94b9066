"""Addresses for machines: the change feed, webhooks, bulk files."""

from django.urls import URLPattern

app_name = "exchange"

urlpatterns: list[URLPattern] = []
