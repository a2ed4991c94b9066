"""Root addresses: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("engross.apps.accounts.urls")),
    path("", include("engross.apps.audit.urls")),
    path("reports/", include("engross.apps.reports.urls")),
    path("registers/", include("engross.apps.registers.urls")),
    path("", include("engross.design.urls")),
    # A proposal's report is the upper app's; the proposals' own addresses take whatever is left.
    path("", include("engross.apps.reports.urls.proposals")),
    path("", include("engross.apps.proposals.urls")),
    path("", include("engross.apps.parties.urls")),
    path("", include("engross.apps.dates.urls")),
    path("", include("engross.apps.products.urls")),
    path("", include("engross.apps.meetings.urls")),
    path("", include("engross.apps.releases.urls")),
    path("", include("engross.apps.consultations.urls")),
    path("", include("engross.apps.votes.urls")),
    path("", include("engross.apps.crosscode.urls")),
    path("", include("engross.apps.timetables.urls")),
    path("", include("engross.apps.notices.urls")),
    path("", include("engross.apps.reading.urls")),
    path("", include("engross.apps.people.urls")),
    path("", include("engross.apps.files.urls")),
    path("", include("engross.apps.mail.urls")),
    path("", include("engross.apps.search.urls")),
    path("", include("engross.apps.following.urls")),
    path("", include("engross.apps.exchange.urls")),
    path("", include("engross.apps.operations.urls")),
    path("", include("engross.apps.site.urls")),
]
