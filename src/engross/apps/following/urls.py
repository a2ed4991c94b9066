"""Addresses of what a person follows, and of their own page."""

from django.urls import path

from engross.apps.following import feeds
from engross.apps.following.views import follows, mine

app_name = "following"

urlpatterns = [
    path("my/", mine.mine, name="mine"),
    path("my/follows/", follows.follows, name="follows"),
    path("my/follows/begin/", follows.follow, name="follow"),
    path("my/follows/end/", follows.unfollow, name="unfollow"),
    path("my/calendar/", mine.calendar_address, name="calendar-address"),
    path("my/calendar/<str:token>.ics", feeds.calendar, name="calendar"),
    path("my/unsubscribe/<str:token>/", follows.unsubscribe, name="unsubscribe"),
]
