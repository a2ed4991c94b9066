"""Django's entry to the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "engross.apps.meetings"
