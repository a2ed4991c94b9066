"""Django's entry to the app."""

from django.apps import AppConfig


class CrossCodeConfig(AppConfig):
    name = "engross.apps.crosscode"
