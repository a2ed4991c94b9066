"""Addresses for what watches over a deployment."""

from django.urls import path

from engross.apps.operations import views

app_name = "operations"

urlpatterns = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("my/data/", views.my_data, name="my-data"),
    path("my/data.json", views.my_data_file, name="my-data-file"),
    path("metrics", views.metrics, name="metrics"),
]
