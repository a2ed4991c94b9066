"""Addresses of the pages of product lists and of assured devices."""

from django.urls import path, re_path

from engross.apps.products import views

app_name = "products"
urlpatterns = [
    path("product-lists/", views.list_index, name="lists"),
    path("product-lists/<str:key>/", views.product_list, name="list"),
    path("device-assurance/", views.devices, name="devices"),
    re_path(r"^device-assurance\.(?P<form>csv|xlsx|json)$", views.download_devices,
            name="download-devices"),
]  # fmt: skip
