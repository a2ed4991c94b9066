"""Addresses of papers and figures."""

from django.urls import path, re_path

from engross.apps.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("open/", views.open_month, name="open"),
    path("paper.css", views.stylesheet, name="stylesheet"),
    path("figures/", views.figures, name="figures"),
    re_path(r"^figures/(?P<name>[a-z0-9_.-]+)/$", views.figure, name="figure"),
    path("<slug:paper>/<str:month>/", views.paper, name="paper"),
    path("<slug:paper>/<str:month>/checks/", views.checks, name="checks"),
    path("<slug:paper>/<str:month>/issue/", views.issue, name="issue"),
    re_path(
        r"^(?P<paper>[a-z0-9-]+)/(?P<month>[0-9-]+)/report\.(?P<form>[a-z]+)$",
        views.file,
        name="file",
    ),
    re_path(
        r"^(?P<paper>[a-z0-9-]+)/(?P<month>[0-9-]+)/charts/(?P<number>[0-9A-Za-z.]+)\.svg$",
        views.chart,
        name="chart",
    ),
    path("<slug:paper>/<str:month>/versions/<int:number>/", views.version, name="version"),
    path(
        "<slug:paper>/<str:month>/versions/<int:number>/report.json",
        views.version_json,
        name="version-json",
    ),
]
