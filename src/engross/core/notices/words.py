"""What each event's mail may speak of: the words that its text can use.

This table is the contract between who sends a mail and who writes its text: a code's text may use
the words of its event and those that every mail has, and no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from engross.core.dates.wording import day_in_words


@dataclass(frozen=True)
class Word:
    """A word of a text: what it stands for, an example, and whether it may be empty."""

    name: str
    meaning: str
    example: str
    is_required: bool = False


@dataclass(frozen=True)
class EventWords:
    """An event of which mail is sent: what it is about in the example, and its words."""

    about: str
    words: tuple[Word, ...] = ()


COMMON = (
    Word("about", "what it is about", "MP999 Longer lamp posts", is_required=True),
    Word("link", "the address of its page", "https://code.example/page/", is_required=True),
    Word("person", "the name of who gets the mail; empty if there is none", "Reader One"),
    Word("code", "the name of the code", "Lamp Code", is_required=True),
    Word("short_code", "its short name", "LC", is_required=True),
    Word("administrator", "who runs the code", "The Administrator", is_required=True),
    Word("regulator", "the code's Authority", "The Regulator", is_required=True),
)  # fmt: skip

_REASON = Word("reason", "why", "The costs were not yet known")
_DONE = Word("done", "what was done with it", "Went into the Refinement Process", is_required=True)
_KIND = Word("kind", "the kind of it", "Preliminary Assessment", is_required=True)
_BODY = Word("body", "the body", "Change Board", is_required=True)
_DUE = Word("due", "the day on which it is due", "14 March 2022")
_CLOSES = Word("closes", "when it closes", "17:00 on 8 February 2022", is_required=True)
_PROPOSALS = Word("proposals", "the proposals in it", "MP990, MP991")

EVENTS: dict[str, EventWords] = {
    "proposal-raised": EventWords("DP999 Longer lamp posts", (
        Word("proposer", "who raised it", "A Party Limited"),
    )),
    "critical-friend-comments": EventWords("Draft: Longer lamp posts", (
        Word("comments", "what the reviewer says", "Say whom it costs most", is_required=True),
        Word("reviewer", "who reviewed it", "The Change team"),
    )),
    "proposal-moved": EventWords("MP999 Longer lamp posts", (
        _DONE, Word("stage", "the stage it is in now", "Refinement"), _REASON,
        Word("next", "whose move it is now", "The Working Group"),
    )),
    "proposal-sent-back": EventWords("MP999 Longer lamp posts", (
        _DONE, Word("stage", "the stage it is in now", "Refinement"), _REASON,
    )),
    "assessment-requested": EventWords("MP999 Longer lamp posts", (
        _KIND, _DUE, Word("working_days", "how many Working Days it may take", "15"),
    )),
    "assessment-returned": EventWords("MP999 Longer lamp posts", (
        _KIND, Word("returned_on", "the day on which it was returned", "10 March 2022"),
        Word("late", "how late it was; empty if it was not", "3 Working Days after its target"),
    )),
    "consultation-opened": EventWords("Consultation on MP999 Longer lamp posts", (
        Word("kind", "the kind of it", "Refinement Consultation", is_required=True), _CLOSES,
        Word("working_days", "how many Working Days it runs", "15"),
    )),
    "consultation-reminder": EventWords("Consultation on MP999 Longer lamp posts", (
        _CLOSES, Word("working_days_left", "how many Working Days are left", "3"),
    )),
    "consultation-closed": EventWords("Consultation on MP999 Longer lamp posts", (
        Word("answers", "how many answers came", "12"),
        Word("next", "what comes next, and whose move it is", "The answers are collated"),
    )),
    "answer-received": EventWords("Consultation on MP999 Longer lamp posts", (
        Word("received", "when it was received", "16:42 on 8 February 2022", is_required=True),
        Word("reference", "the answer's reference", "A-12"),
        Word("late", "that it came late; empty if it did not", "It came after the close."),
    )),
    "vote-opened": EventWords("Vote on MP999 Longer lamp posts", (_BODY, _CLOSES)),
    "vote-closing": EventWords("Vote on MP999 Longer lamp posts", (_BODY, _CLOSES)),
    "decision-made": EventWords("MP999 Longer lamp posts", (
        _BODY, Word("outcome", "what was decided", "Approved", is_required=True), _REASON,
        Word("decided_on", "the day of the decision", "23 February 2022"),
    )),
    "sent-to-authority": EventWords("MP999 Longer lamp posts", (
        Word("recommendation", "what is recommended", "Recommended to approve"), _DUE,
    )),
    "appeal-window-opened": EventWords("MP999 Longer lamp posts", (
        Word("outcome", "what was decided", "Approved"),
        Word("ends_on", "the last day to appeal", "9 March 2022", is_required=True),
    )),
    "release-composed": EventWords("June 2022 Release", (
        Word("in_force_on", "the day on which it comes into force", "30 June 2022"), _PROPOSALS,
    )),
    "version-published": EventWords("Version 61.0", (
        Word("in_force_on", "the day from which it holds", "30 June 2022", is_required=True),
        _PROPOSALS, Word("documents", "the documents that change", "Section D, Appendix AB"),
    )),
    "version-withdrawn": EventWords("Version 61.0", (
        Word("in_force_on", "the day from which it would have held", "30 June 2022",
             is_required=True),
        _PROPOSALS, _REASON,
    )),
    "papers-due": EventWords("Change Board Meeting 63", (
        _DUE, Word("meets_on", "the day of the meeting", "23 March 2022"),
        Word("papers", "the papers that are missing", "Modification Report of MP999"),
    )),
    "handed-over": EventWords("MP999 Longer lamp posts", (
        Word("from_person", "who had it before", "First Analyst"),
        Word("to_person", "who has it now", "Second Analyst", is_required=True),
        Word("until", "until when, if only for a time", "4 April 2022"), _REASON,
    )),
    "timetable-slipped": EventWords("MP999 Longer lamp posts", (
        Word("step", "the step that slips", "Decision", is_required=True),
        Word("planned_on", "when it was planned", "23 February 2022"),
        Word("forecast_on", "when it is expected now", "30 March 2022"), _REASON,
    )),
}  # fmt: skip


def words_of(event: str) -> dict[str, Word]:
    """Return the words that the text of an event may use, by name.

    Raises LookupError if the platform sends no mail of such an event.
    """
    if event not in EVENTS:
        raise LookupError(f"No mail is sent of '{event}'")
    return {word.name: word for word in (*COMMON, *EVENTS[event].words)}


def examples_of(event: str) -> dict[str, str]:
    """Return an example of each word of an event, to show a text with."""
    about = {"about": EVENTS[event].about} if event in EVENTS else {}
    return {name: word.example for name, word in words_of(event).items()} | about


def filled(event: str, context: Mapping[str, Any], *, zone: tzinfo) -> dict[str, str]:
    """Return every word of an event as text, from what its sender hands over.

    What the event has no word for is left aside. Raises ValueError if a word is missing without
    which the text says nothing.
    """
    words = words_of(event)
    written = {name: _written(context.get(name), zone) for name in words}
    missing = [name for name, word in words.items() if word.is_required and not written[name]]
    if missing:
        raise ValueError(f"The mail '{event}' needs: {', '.join(missing)}")
    return written


def _written(value: Any, zone: tzinfo) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{local:%H:%M} on {day_in_words(local)}"
    return day_in_words(value) if isinstance(value, date) else str(value).strip()
