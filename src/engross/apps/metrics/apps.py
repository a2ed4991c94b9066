"""Django's entry to the app."""

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "engross.apps.metrics"
