"""Django's entry to the app."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "engross.apps.products"
