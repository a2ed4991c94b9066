"""Addresses of the text: a document or clause on any day, and two versions beside each other."""

from django.urls import path, re_path

from engross.apps.reading import views
from engross.apps.reading.feeds import DocumentFeed

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
    path("code/proposals/<path:identifier>/", views.proposal_text, name="proposal-text"),
    path("code/obligations/", views.choose_category, name="choose-category"),
    path("code/obligations/<str:category>/", views.obligations, name="obligations"),
    re_path(r"^code/terms" + _DAY + r"/$", views.terms, name="terms"),
    re_path(r"^code/terms/(?P<slug>[^/\n]+)" + _DAY + r"/$", views.term, name="term"),
    re_path(_PLACE + r"/feed\.atom$", DocumentFeed(), name="document-feed"),
    re_path(_PLACE + _DAY + r"/changes/$", views.clause_changes, name="changes"),
    re_path(_PLACE + _DAY + r"/history/$", views.history, name="history"),
    re_path(_PLACE + _DAY + r"/related/$", views.related, name="related"),
    re_path(_PLACE + _DAY + r"\.(?P<form>json|akn|docx)$", views.download, name="download"),
    re_path(_PLACE + _DAY + r"/$", views.document, name="document"),
]
