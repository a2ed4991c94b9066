"""Django's entry to the app."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "engross.apps.proposals"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.proposals import registers  # noqa: F401
