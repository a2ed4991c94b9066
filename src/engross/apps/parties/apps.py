"""Django's entry to the app."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "engross.apps.parties"
