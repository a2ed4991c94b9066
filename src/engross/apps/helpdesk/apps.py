"""Django's entry to the app."""

from django.apps import AppConfig


class HelpdeskConfig(AppConfig):
    name = "engross.apps.helpdesk"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.helpdesk import registers  # noqa: F401
