"""Addresses of the proposals' pages; an identifier may hold a slash, as some codes write them."""

from django.urls import path, re_path

from engross.apps.proposals import feeds, views
from engross.apps.proposals.views import absences, beginning, moving, raising

app_name = "proposals"
urlpatterns = [
    re_path(r"^proposals\.(?P<form>csv|xlsx|json)$", views.download, name="download"),
    path("proposals/", views.proposal_list, name="list"),
    path("proposals/filters/", views.filters, name="filters"),
    path("proposals/filters/save/", views.save_filter, name="save-filter"),
    path("proposals/filters/<int:number>/", views.change_filter, name="change-filter"),
    path("proposals/filters/<int:number>/delete/", views.delete_filter, name="delete-filter"),
    path("proposals/feed.atom", feeds.ProposalsFeed(), name="feed"),
    path("proposals/absences/", absences.absences, name="absences"),
    path("proposals/absences/new/", absences.note, name="note-absence"),
    path("proposals/absences/<int:number>/end/", absences.end, name="end-absence"),
    path("proposals/ways/", beginning.ways, name="ways"),
    path("proposals/ways/<slug:key>/", beginning.begin, name="begin"),
    path("proposals/problems/", raising.problems, name="problems"),
    path("proposals/problems/new/", raising.describe, name="describe"),
    path("proposals/problems/<int:number>/", raising.problem, name="problem"),
    path("proposals/problems/<int:number>/comment/", raising.comment, name="comment"),
    path("proposals/problems/<int:number>/raise/", raising.raise_it, name="raise"),
    path("proposals/problems/<int:number>/end/", raising.end, name="end-problem"),
    path("proposals/<path:identifier>/moves/", moving.moves, name="moves"),
    path("proposals/<path:identifier>/moves/<int:number>/undo/", moving.undo, name="undo"),
    path("proposals/<path:identifier>/moves/<slug:key>/", moving.move, name="move"),
    path("proposals/<path:identifier>/analyst/", moving.hand_over, name="hand-over"),
    path("proposals/<path:identifier>/feed.atom", feeds.ProposalFeed(), name="proposal-feed"),
    path("proposals/<path:identifier>/", views.proposal, name="proposal"),
]
