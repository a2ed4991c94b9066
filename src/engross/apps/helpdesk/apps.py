"""Django's entry to the app."""

from django.apps import AppConfig


class HelpdeskConfig(AppConfig):
    name = "engross.apps.helpdesk"
