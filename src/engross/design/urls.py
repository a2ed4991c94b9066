"""Addresses of the look: every component on a page, and the code's colours."""

from django.urls import path

from engross.design import views

app_name = "design"
urlpatterns = [
    path("design", views.components, name="components"),
    path("theme.css", views.theme_stylesheet, name="theme"),
]
