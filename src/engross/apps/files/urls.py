"""Addresses of stored files, and of who read what."""

from django.urls import path

from engross.apps.files import views

app_name = "files"

urlpatterns = [
    path("files/<uuid:key>/<str:name>", views.download, name="download"),
    path("reads/", views.reads, name="reads"),
]
