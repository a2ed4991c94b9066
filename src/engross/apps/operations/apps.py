"""Django's entry to the app."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "engross.apps.operations"
