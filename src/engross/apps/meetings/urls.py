"""Addresses of the meetings' pages; a meeting's name may hold a slash."""

from django.urls import path, re_path

from engross.apps.meetings import feeds, views

app_name = "meetings"
urlpatterns = [
    re_path(r"^meetings\.(?P<form>csv|xlsx|json)$", views.download, name="download"),
    path("meetings/", views.meeting_list, name="list"),
    path("meetings/bodies/", views.bodies, name="bodies"),
    path("meetings/calendar.ics", feeds.calendar, name="calendar"),
    path("meetings/<path:name>/", views.meeting, name="meeting"),
]
