"""Django's entry to the app."""

from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "engross.apps.following"
