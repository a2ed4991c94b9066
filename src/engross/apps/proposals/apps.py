"""Django's entry to the app."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "engross.apps.proposals"
