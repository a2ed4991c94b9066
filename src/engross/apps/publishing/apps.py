"""Django's entry to the app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "engross.apps.publishing"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.publishing import registers  # noqa: F401
