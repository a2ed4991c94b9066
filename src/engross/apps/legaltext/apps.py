"""Django's entry to the app."""

from django.apps import AppConfig


class LegaltextConfig(AppConfig):
    name = "engross.apps.legaltext"
