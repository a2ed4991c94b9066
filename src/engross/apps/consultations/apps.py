"""Django's entry to the app."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "engross.apps.consultations"
