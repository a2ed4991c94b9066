"""Addresses of notices."""

from django.urls import path

from engross.apps.notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.notice_list, name="list"),
    path("notices/<slug:event>/", views.notice, name="notice"),
    path("my/mails/", views.my_mails, name="mine"),
    path("my/mails/end/<str:token>/", views.end, name="end"),
]
