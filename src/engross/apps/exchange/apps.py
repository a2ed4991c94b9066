"""Django's entry to the app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "engross.apps.exchange"
