"""Django's entry to the app."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "engross.apps.consultations"

    def ready(self) -> None:
        """Make the app's register known, and what it tells of proposals."""
        from engross.apps.consultations import registers  # noqa: F401
