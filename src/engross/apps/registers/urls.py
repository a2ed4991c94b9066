"""Addresses of the registers' pages."""

from django.urls import path, re_path

from engross.apps.registers import views
from engross.apps.registers.feeds import RegisterFeed

app_name = "registers"
urlpatterns = [
    path("", views.index, name="index"),
    re_path(r"^(?P<name>[a-z-]+)\.(?P<form>csv|xlsx|json)$", views.download, name="download"),
    path("<slug:name>/", views.register_list, name="list"),
    path("<slug:name>/feed.atom", RegisterFeed(), name="feed"),
    re_path(
        r"^(?P<name>[a-z-]+)/template\.(?P<form>csv|xlsx)$",
        views.template,
        name="template",
    ),
    path("<slug:name>/record/", views.record, name="record"),
    path("<slug:name>/import/", views.upload, name="import"),
    path("<slug:name>/<uuid:entry>/", views.entry, name="entry"),
    path("<slug:name>/<uuid:entry>/files/add/", views.add_file, name="add-file"),
    path("<slug:name>/<uuid:entry>/named/", views.name_persons, name="name-persons"),
    path("<slug:name>/<uuid:entry>/correct/", views.correct, name="correct"),
    path("<slug:name>/<uuid:entry>/withdraw/", views.withdraw, name="withdraw"),
]
