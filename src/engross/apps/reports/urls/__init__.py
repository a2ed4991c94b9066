"""Addresses of papers and figures."""

from django.urls import path, re_path

from engross.apps.reports.views import figures, papers

app_name = "reports"
urlpatterns = [
    path("", papers.index, name="index"),
    path("open/", papers.open_month, name="open"),
    path("paper.css", papers.stylesheet, name="stylesheet"),
    path("figures/", figures.figures, name="figures"),
    re_path(r"^figures/(?P<name>[a-z0-9_.-]+)/$", figures.figure, name="figure"),
    path("<slug:paper>/<str:month>/", papers.paper, name="paper"),
    path("<slug:paper>/<str:month>/checks/", papers.checks, name="checks"),
    path("<slug:paper>/<str:month>/issue/", papers.issue, name="issue"),
    re_path(
        r"^(?P<paper>[a-z0-9-]+)/(?P<month>[0-9-]+)/report\.(?P<form>[a-z]+)$",
        papers.file,
        name="file",
    ),
    re_path(
        r"^(?P<paper>[a-z0-9-]+)/(?P<month>[0-9-]+)/attachments/(?P<key>[a-z0-9-]+)\.(?P<form>[a-z]+)$",
        papers.attachment,
        name="attachment",
    ),
    re_path(
        r"^(?P<paper>[a-z0-9-]+)/(?P<month>[0-9-]+)/charts/(?P<number>[0-9A-Za-z.]+)\.svg$",
        papers.chart,
        name="chart",
    ),
    path("<slug:paper>/<str:month>/versions/<int:number>/", papers.version, name="version"),
    path(
        "<slug:paper>/<str:month>/versions/<int:number>/report.json",
        papers.version_json,
        name="version-json",
    ),
]
