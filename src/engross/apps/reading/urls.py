"""Addresses of the text: a document or clause on any day, and two versions beside each other."""

from django.urls import path, re_path

from engross.apps.reading import views

app_name = "reading"
_PLACE = r"^code/(?P<slug>(?:section|schedule|appendix|annex|document)/[^\n]+?)"
_DAY = r"(?:/(?P<day>\d{4}-\d{2}-\d{2}))?"

urlpatterns = [
    path("code/", views.contents, name="contents"),
    re_path(r"^code\.(?P<form>json|akn|docx)$", views.download_code, name="download-code"),
    path("code/compare/", views.choose, name="choose"),
    re_path(
        r"^code/compare/(?P<old>[^/\n]+)/(?P<new>[^/\n]+?)\.(?P<form>docx|json)$",
        views.download_comparison,
        name="download-comparison",
    ),
    path("code/compare/<str:old>/<str:new>/", views.comparison, name="compare"),
    re_path(_PLACE + _DAY + r"\.(?P<form>json|akn|docx)$", views.download, name="download"),
    re_path(_PLACE + _DAY + r"/$", views.document, name="document"),
]
