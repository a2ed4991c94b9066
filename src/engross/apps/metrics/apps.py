"""Django's entry to the app."""

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "engross.apps.metrics"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.metrics import registers  # noqa: F401
