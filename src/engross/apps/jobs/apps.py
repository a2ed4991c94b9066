"""Django's entry to the app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "engross.apps.jobs"
