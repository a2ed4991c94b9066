"""Addresses of the outbox."""

from django.urls import path

from engross.apps.mail import views

app_name = "mail"

urlpatterns = [
    path("mail/", views.mail_list, name="list"),
    path("mail/<int:number>/", views.mail, name="mail"),
    path("mail/<int:number>/send-again/", views.send_again, name="send-again"),
    path("mail/<int:number>/bounce/", views.bounce, name="bounce"),
]
