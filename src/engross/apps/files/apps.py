"""Django's entry to the app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "engross.apps.files"
