"""Every question about notices: who would get what, in which words, and who wants none."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from engross.apps.accounts.models import User
from engross.apps.notices.queries.asked import Circumstances, People
from engross.apps.notices.queries.choices import (
    Choice,
    choices_of,
    end_addresses,
    whose_mail_ends,
)
from engross.apps.notices.queries.counting import counts_today
from engross.apps.notices.queries.recipients import (
    class_of,
    event_named,
    marking_of,
    rules_in_words,
    split_recipients,
    with_accounts,
)
from engross.apps.notices.queries.texts import (
    Shown,
    count_sent,
    example_of,
    place_of,
    shown_text,
    shown_texts,
    words_of_code,
    words_told,
)
from engross.core.access import Marking
from engross.core.notices import Recipient

__all__ = [
    "Choice",
    "Circumstances",
    "Recipient",
    "Shown",
    "choices_of",
    "class_of",
    "count_sent",
    "counts_today",
    "end_addresses",
    "event_named",
    "example_of",
    "marking_of",
    "place_of",
    "preview_of",
    "rules_in_words",
    "shown_text",
    "shown_texts",
    "split_recipients",
    "told_in_words",
    "who_would_get",
    "whose_mail_ends",
    "with_accounts",
    "words_of_code",
    "words_told",
]


def who_would_get(
    event_key: str, *, people: People | None = None, categories: Iterable[str] = (),
    body: str = "", paper_class: str = "", marking: Marking | None = None,
    without: Iterable[User | str] = (), on: date,
) -> list[Recipient]:  # fmt: skip
    """Return who would get a mail if this happened on a day, each once; see `Circumstances`."""
    event = event_named(event_key)
    if event is None:
        return []
    given = Circumstances(people or {}, categories, body, paper_class, marking, without)
    return split_recipients(event, given, on=on)[0]


def told_in_words(recipients: Iterable[Recipient]) -> str:
    """Return how many mails go to whom, such as '3 mails: 2 as a user of a Party, 1 as ...'."""
    counts = Counter(each.why for each in recipients)
    if not counts:
        return "No mail is sent"
    total = sum(counts.values())
    parts = ", ".join(f"{count} {why}" for why, count in counts.items())
    return f"{total} {'mail' if total == 1 else 'mails'}: {parts}"


def preview_of(
    event_key: str, context: Mapping[str, Any] | None = None, *, about: str = "", link: str = ""
) -> Shown | None:
    """Return a mail as it would be read; None if the code sends none of this event.

    Without a context it is shown with examples. Raises ValueError if a word is missing.
    """
    if event_named(event_key) is None:
        return None
    if context is None:
        return example_of(event_key)
    return shown_text(event_key, {**context, "about": about, "link": link})
