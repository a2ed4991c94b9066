"""Django's entry to the app."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "engross.apps.parties"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.parties import registers  # noqa: F401
