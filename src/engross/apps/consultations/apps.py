"""Django's entry to the app."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "engross.apps.consultations"

    def ready(self) -> None:
        """Make the app's register known, and what it tells of proposals."""
        from engross.apps.consultations import registers  # noqa: F401
        from engross.apps.consultations.queries import facts_on_file, panel_of
        from engross.apps.consultations.queries.told import consultations_told
        from engross.apps.proposals.queries import Panel, add_fact_source, add_panel
        from engross.apps.registers.queries import add_teller

        add_fact_source("consultations", facts_on_file)
        add_teller("proposals", "consultations", consultations_told)
        add_panel(Panel("consultations", "Consultations", 30, "consultations/panel.html", panel_of))
