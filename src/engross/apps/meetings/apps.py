"""Django's entry to the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "engross.apps.meetings"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.meetings import registers  # noqa: F401
