"""Addresses of the pages that bring the apps together."""

from django.urls import path, re_path

from engross.apps.site.api import api, documentation, not_found, openapi
from engross.apps.site.views import home

urlpatterns = [
    path("", home, name="home"),
    path("api/v1/docs", documentation, name="api"),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    # Whatever follows, a line break too.
    re_path(r"^api/", not_found, name="api-missing"),
]
