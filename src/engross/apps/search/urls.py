"""Addresses of the search over everything."""

from django.urls import path

from engross.apps.search import views

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
    path("opensearch.xml", views.description, name="description"),
]
