"""Django's entry to the look of the site."""

from django.apps import AppConfig
from django.core import checks


class DesignConfig(AppConfig):
    name = "engross.design"
    label = "design"

    def ready(self) -> None:
        """Have a code's colours checked when the site starts."""
        from engross.design.checks import check_theme

        checks.register(check_theme)
