"""Every question about follows and about a person's own page: one function for each."""

from engross.apps.following.queries.dates import Ahead, dates_ahead
from engross.apps.following.queries.follows import (
    FollowSeen,
    follow_of,
    follows_of,
    person_of_calendar,
    person_of_unsubscribing,
    unsubscribe_address,
)
from engross.apps.following.queries.items import Item
from engross.apps.following.queries.mine import (
    Mine,
    mine_of,
)
from engross.apps.following.queries.news import news_between
from engross.apps.following.queries.subjects import Followed, followed_at

__all__ = [
    "Ahead",
    "FollowSeen",
    "Followed",
    "Item",
    "Mine",
    "dates_ahead",
    "follow_of",
    "followed_at",
    "follows_of",
    "mine_of",
    "news_between",
    "person_of_calendar",
    "person_of_unsubscribing",
    "unsubscribe_address",
]
