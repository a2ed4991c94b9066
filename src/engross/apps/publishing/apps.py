"""Django's entry to the app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "engross.apps.publishing"
