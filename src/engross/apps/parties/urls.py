"""Addresses of the Parties' pages."""

from django.urls import path, re_path

from engross.apps.parties import views

app_name = "parties"
urlpatterns = [
    re_path(r"^parties\.(?P<form>csv|xlsx|json)$", views.download, name="download"),
    path("parties/", views.party_list, name="list"),
    path("parties/<path:reference>/", views.party, name="party"),
]
