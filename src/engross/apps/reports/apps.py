"""Django's entry to the app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "engross.apps.reports"
