"""Addresses of the audit, which staff read."""

from django.urls import path, re_path

from engross.apps.audit import views

app_name = "audit"

urlpatterns = [
    path("audit/", views.events, name="events"),
    re_path(r"^audit/(?P<position>\d{1,18})/$", views.event, name="event"),
]
