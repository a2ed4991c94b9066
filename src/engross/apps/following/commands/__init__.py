"""Every write about follows: one function for each thing that is done."""

from engross.apps.following.commands.follows import (
    end_mail,
    follow,
    make_calendar_address,
    set_rhythms,
    unfollow,
)
from engross.apps.following.commands.telling import tell_news, tell_round

__all__ = [
    "end_mail",
    "follow",
    "make_calendar_address",
    "set_rhythms",
    "tell_news",
    "tell_round",
    "unfollow",
]
