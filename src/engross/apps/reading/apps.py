"""Django's entry to the app."""

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "engross.apps.reading"
