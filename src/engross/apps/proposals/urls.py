"""Addresses of the proposals' pages; an identifier may hold a slash, as some codes write them."""

from django.urls import path, re_path

from engross.apps.proposals import feeds, views

app_name = "proposals"
urlpatterns = [
    re_path(r"^proposals\.(?P<form>csv|xlsx|json)$", views.download, name="download"),
    path("proposals/", views.proposal_list, name="list"),
    path("proposals/feed.atom", feeds.ProposalsFeed(), name="feed"),
    path("proposals/<path:identifier>/feed.atom", feeds.ProposalFeed(), name="proposal-feed"),
    path("proposals/<path:identifier>/", views.proposal, name="proposal"),
]
