"""Django's entry to the app."""

from django.apps import AppConfig


class VotesConfig(AppConfig):
    name = "engross.apps.votes"
