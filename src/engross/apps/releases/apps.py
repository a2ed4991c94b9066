"""Django's entry to the app."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "engross.apps.releases"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.releases import registers  # noqa: F401
