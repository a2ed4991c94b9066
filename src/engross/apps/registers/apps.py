"""Django's entry to the app."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "engross.apps.registers"
