"""Address of the calculator of Working Days."""

from django.urls import path

from engross.apps.dates import views

app_name = "dates"
urlpatterns = [path("working-days/", views.calculator, name="calculator")]
