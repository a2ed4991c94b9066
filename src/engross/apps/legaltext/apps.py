"""Django's entry to the app."""

from django.apps import AppConfig


class LegaltextConfig(AppConfig):
    name = "engross.apps.legaltext"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.legaltext import registers  # noqa: F401
