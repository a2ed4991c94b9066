"""Reading the text with what is proposed for it: switched on, marked, and told as history."""

from engross.apps.reading.queries.choosing import chosen_sets, names_asked
from engross.apps.reading.queries.open_sets import SetSeen, open_sets, sets_seen
from engross.apps.reading.queries.switched import LeftOut, TextWith, text_with, text_with_sets
from engross.apps.reading.queries.texts import (
    StandingText,
    TextState,
    newest_text,
    standing_text,
    text_state,
)

__all__ = [
    "LeftOut",
    "SetSeen",
    "StandingText",
    "TextState",
    "TextWith",
    "chosen_sets",
    "names_asked",
    "newest_text",
    "open_sets",
    "sets_seen",
    "standing_text",
    "text_state",
    "text_with",
    "text_with_sets",
]
