"""Django's entry to the app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "engross.apps.reports"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.reports import registers  # noqa: F401
