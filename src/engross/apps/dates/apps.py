"""Django's entry to the app."""

from django.apps import AppConfig


class DatesConfig(AppConfig):
    name = "engross.apps.dates"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.dates import registers  # noqa: F401
