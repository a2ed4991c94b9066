"""Django's entry to the app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "engross.apps.notices"
