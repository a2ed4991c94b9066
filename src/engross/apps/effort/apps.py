"""Django's entry to the app."""

from django.apps import AppConfig


class EffortConfig(AppConfig):
    name = "engross.apps.effort"
