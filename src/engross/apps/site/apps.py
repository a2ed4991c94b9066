"""Django's entry to the app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "engross.apps.site"
