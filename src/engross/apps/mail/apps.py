"""Django's entry to the app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "engross.apps.mail"
