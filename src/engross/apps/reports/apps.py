"""Django's entry to the app."""

from importlib import import_module

from django.apps import AppConfig

# The apps below that answer figures; each registers its own when it is imported.
ANSWERING = (
    "effort",
    "helpdesk",
    "legaltext",
    "meetings",
    "metrics",
    "parties",
    "products",
    "proposals",
    "publishing",
    "releases",
    "reports",
)


class ReportsConfig(AppConfig):
    name = "engross.apps.reports"

    def ready(self) -> None:
        """Make the app's registers known, and every app's figures and checks."""
        from engross.apps.proposals.queries import add_panel
        from engross.apps.reports import registers  # noqa: F401
        from engross.apps.reports.queries.panels import REPORT

        add_panel(REPORT)
        for each in ANSWERING:
            import_module(f"engross.apps.{each}.figures")
