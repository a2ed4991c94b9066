"""Django's entry to the app."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "engross.apps.products"

    def ready(self) -> None:
        """Make the app's registers known."""
        from engross.apps.products import registers  # noqa: F401
