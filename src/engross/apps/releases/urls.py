"""Addresses of the pages of code versions and of releases; a name may hold a slash."""

from django.urls import path, re_path

from engross.apps.releases import feeds
from engross.apps.releases.views import (
    change_sets,
    composing,
    documents,
    drafting,
    publishing,
    releases,
    versions,
)

app_name = "releases"
urlpatterns = [
    re_path(r"^code-versions\.(?P<form>csv|xlsx|json)$", versions.download_versions,
            name="download-versions"),
    path("change-sets/", change_sets.change_set_list, name="change-sets"),
    re_path(r"^change-sets/(?P<name>[^/\n]+?)\.(?P<form>docx|json)$",
            change_sets.download_change_set, name="download-change-set"),
    path("change-sets/<str:name>/classify/", drafting.classify, name="classify-change-set"),
    path("change-sets/<str:name>/rebase/", drafting.rebase, name="rebase-change-set"),
    path("change-sets/<str:name>/part/", drafting.part, name="part-change-set"),
    path("change-sets/<str:name>/", change_sets.change_set, name="change-set"),
    path("draft-change-set/", drafting.draft, name="draft"),
    path("code-versions/", versions.version_list, name="versions"),
    path("code-versions/feed.atom", feeds.VersionsFeed(), name="versions-feed"),
    path("code-versions/<path:number>/", versions.version, name="version"),
    re_path(r"^releases\.(?P<form>csv|xlsx|json)$", releases.download_releases,
            name="download-releases"),
    path("releases/", releases.release_list, name="releases"),
    path("releases/calendar.ics", feeds.calendar, name="calendar"),
    re_path(r"^releases/(?P<name>[^\n]+)/document\.(?P<form>html|pdf|docx|json)$",
            documents.document_file, name="document-file"),
    path("releases/<path:name>/document/", documents.document, name="document"),
    path("releases/<path:name>/compose/", composing.compose, name="compose"),
    path("releases/<path:name>/compositions/<int:number>/", composing.composition,
         name="composition"),
    path("releases/<path:name>/compositions/<int:number>/conflicts/<str:conflict>/",
         composing.decide, name="decide"),
    path("releases/<path:name>/compositions/<int:number>/findings/<str:finding>/",
         composing.accept, name="accept-finding"),
    path("releases/<path:name>/compositions/<int:number>/publish/", publishing.publish,
         name="publish"),
    path("releases/<path:name>/compositions/<int:number>/withdraw/", publishing.withdraw,
         name="withdraw-version"),
    path("releases/<path:name>/", releases.release, name="release"),
]  # fmt: skip
