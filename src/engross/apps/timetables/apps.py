"""Django's entry to the app."""

from django.apps import AppConfig


class TimetablesConfig(AppConfig):
    name = "engross.apps.timetables"

    def ready(self) -> None:
        """Make known what the app shows of a proposal."""
        from engross.apps.proposals.queries import Panel, add_panel
        from engross.apps.timetables.queries import forecast_panel
        from engross.apps.timetables.queries.panels import timetable_panel

        add_panel(
            Panel("timetable", "Timetable", 15, "timetables/steps_panel.html", timetable_panel)
        )
        add_panel(Panel("forecast", "Forecast", 20, "timetables/panel.html", forecast_panel))
