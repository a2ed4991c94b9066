"""Addresses of votes, and of bodies with their seats."""

from django.urls import path

from engross.apps.votes.views import ballots, bodies, own, staff, votes

app_name = "votes"

urlpatterns = [
    path("votes/", votes.vote_list, name="list"),
    path("votes/mine/", own.mine, name="mine"),
    path("votes/open/", staff.open_vote, name="open"),
    path("votes/<int:number>/", votes.vote, name="vote"),
    path("votes/<int:number>/ballot/", ballots.ballot, name="ballot"),
    path("votes/<int:number>/record/", staff.record, name="record"),
    path("votes/<int:number>/close/", staff.close, name="close"),
    path("votes/<int:number>/withdraw/", staff.withdraw, name="withdraw"),
    path("votes/<int:number>/count/", staff.count, name="count"),
    path("bodies/<str:key>/", bodies.body, name="body"),
    path("bodies/<str:key>/seat/", bodies.seat, name="seat"),
    path("bodies/<str:key>/seats/<int:seating>/", bodies.unseat, name="unseat"),
]
