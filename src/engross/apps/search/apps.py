"""Django's entry to the app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "engross.apps.search"
