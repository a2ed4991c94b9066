"""Django's entry to the app."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "engross.apps.releases"
