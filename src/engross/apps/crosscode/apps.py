"""Django's entry to the app."""

from django.apps import AppConfig


class CrossCodeConfig(AppConfig):
    name = "engross.apps.crosscode"

    def ready(self) -> None:
        """Make the app's registers known, its facts, and its parts of a proposal's page."""
        from engross.apps.crosscode import registers  # noqa: F401
        from engross.apps.crosscode.queries.facts import facts_of_priorities
        from engross.apps.crosscode.queries.panels import PANELS
        from engross.apps.proposals.queries import add_fact_source, add_panel

        add_fact_source("priorities", facts_of_priorities)
        for panel in PANELS:
            add_panel(panel)
