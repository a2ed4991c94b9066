"""Django's entry to the app."""

from django.apps import AppConfig


class CrossCodeConfig(AppConfig):
    name = "engross.apps.crosscode"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.crosscode import registers  # noqa: F401
