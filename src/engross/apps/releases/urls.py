"""Addresses of the pages of code versions and of releases; a name may hold a slash."""

from django.urls import path, re_path

from engross.apps.releases import feeds, views

app_name = "releases"
urlpatterns = [
    re_path(r"^code-versions\.(?P<form>csv|xlsx|json)$", views.download_versions,
            name="download-versions"),
    path("code-versions/", views.version_list, name="versions"),
    path("code-versions/feed.atom", feeds.VersionsFeed(), name="versions-feed"),
    path("code-versions/<path:number>/", views.version, name="version"),
    re_path(r"^releases\.(?P<form>csv|xlsx|json)$", views.download_releases,
            name="download-releases"),
    path("releases/", views.release_list, name="releases"),
    path("releases/<path:name>/", views.release, name="release"),
]  # fmt: skip
