"""Addresses of the pages of work across codes, and of priorities."""

from django.urls import path, re_path

from engross.apps.crosscode import views

app_name = "crosscode"

urlpatterns = [
    path("cross-code/", views.changes, name="changes"),
    path("cross-code/months/", views.month, name="month"),
    path("cross-code/months/take-in/", views.take_sheet, name="take-sheet"),
    path("cross-code/months/<str:month>/", views.month, name="month"),
    re_path(r"^cross-code/our-sheet/(?P<month>[0-9]{4}-[0-9]{2})\.(?P<form>csv|xlsx|json)$",
            views.own_sheet, name="own-sheet"),
    path("cross-code/groups/", views.groups, name="groups"),
    path("cross-code/groups/<str:name>/", views.group, name="group"),
    path("cross-code/groups/<str:name>/take-over/", views.take_over, name="take-over"),
    path("cross-code/changes/<slug:code>/<path:reference>/review/", views.review, name="review"),
    path("cross-code/changes/<slug:code>/<path:reference>/", views.change, name="change"),
    path("priorities/", views.priorities, name="priorities"),
    path("priorities/give/", views.give, name="give"),
]  # fmt: skip
