"""Django's entry to the app."""

from django.apps import AppConfig


class EffortConfig(AppConfig):
    name = "engross.apps.effort"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.effort import registers  # noqa: F401
