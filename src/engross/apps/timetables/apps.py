"""Django's entry to the app."""

from django.apps import AppConfig


class TimetablesConfig(AppConfig):
    name = "engross.apps.timetables"
