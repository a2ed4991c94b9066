"""What the mail of an event says: its text filled with words."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from engross.adapters.code_folder import folder_with
from engross.adapters.mail_texts import FOLDER, MailText, loaded_mail_texts
from engross.apps.mail.queries import mails_of_template
from engross.apps.registers.queries import active_code
from engross.core.codes import Option
from engross.core.notices import Word, examples_of, filled, words_of


class Shown(NamedTuple):
    """A mail as it would be read."""

    subject: str
    text: str


def words_of_code() -> dict[str, str]:
    """Return the words that every mail has from the code."""
    code = active_code()
    return {
        "code": code.name,
        "short_code": code.short_name,
        "administrator": code.administrator,
        "regulator": code.regulator,
    }


def shown_text(event_key: str, words: Mapping[str, Any]) -> Shown:
    """Return an event's text with words in their places.

    Raises LookupError if the code has no such mail, ValueError if a word is missing.
    """
    given = {**words_of_code(), **words}
    zone = timezone.get_current_timezone()
    return Shown(*_text_of(event_key).written(filled(event_key, given, zone=zone)))


def shown_texts(event_key: str, words: Mapping[str, Any]) -> Callable[[str], Shown]:
    """Return what gives an event's text to each of many people, by their name.

    A text that does not use the name is written once for all of them.

    Raises as `shown_text` does.
    """
    for_all = shown_text(event_key, {**words, "person": ""})
    if "person" not in _text_of(event_key).words:
        return lambda person: for_all
    return lambda person: shown_text(event_key, {**words, "person": person})


def _text_of(event_key: str) -> MailText:
    texts = loaded_mail_texts(active_code().key)
    if event_key not in texts:
        raise LookupError(f"The code sends no mail of '{event_key}'")
    return texts[event_key]


def example_of(event_key: str) -> Shown:
    """Return an event's text with an example of each word."""
    return shown_text(event_key, {**examples_of(event_key), **words_of_code()})


def place_of(event: Option) -> str:
    """Return the file that holds an event's text, as it is named in messages."""
    folder = folder_with(active_code().key, FOLDER)
    return f"codes/{folder.name}/{FOLDER}/{event.text('template')}.md"


def words_told(event_key: str) -> list[Word]:
    """Return the words that an event's text may use."""
    return list(words_of(event_key).values())


def count_sent(event_key: str) -> int:
    """Return how many mails of an event were queued so far."""
    return mails_of_template(f"notices/{event_key}")
