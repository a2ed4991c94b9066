"""Django's entry to the app."""

from django.apps import AppConfig


class DatesConfig(AppConfig):
    name = "engross.apps.dates"
