"""Django's entry to the app."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "engross.apps.releases"

    def ready(self) -> None:
        """Make the app's registers known, and what it tells of proposals."""
        from engross.apps.proposals.queries import add_fact_source, add_panel
        from engross.apps.proposals.registers import add_change_sets
        from engross.apps.releases import registers  # noqa: F401
        from engross.apps.releases.queries.change_sets import names_of_change_sets
        from engross.apps.releases.queries.facts import facts_of_releases
        from engross.apps.releases.queries.panel import RELEASE_PANEL

        add_change_sets(names_of_change_sets)
        add_fact_source("releases", facts_of_releases)
        add_panel(RELEASE_PANEL)
