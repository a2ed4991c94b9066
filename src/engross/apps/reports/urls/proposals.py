"""Addresses of proposals' reports; an identifier may hold a slash, as some codes write them."""

from django.urls import path, re_path

from engross.apps.reports.views import proposals

app_name = "proposal_reports"
urlpatterns = [
    path("proposals/<path:identifier>/report/", proposals.report, name="report"),
    path("proposals/<path:identifier>/report/issue/<slug:kind>/", proposals.issue, name="issue"),
    # Before the files, whose identifiers may hold slashes too.
    path("proposals/<path:identifier>/report/<slug:kind>/<int:version>/report.json",
         proposals.version_json, name="version"),
    re_path(r"^proposals/(?P<identifier>[^\n]+?)/report\.(?P<form>html|pdf|docx|json)$",
            proposals.report_file, name="file"),
]  # fmt: skip
