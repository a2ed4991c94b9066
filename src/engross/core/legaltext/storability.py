"""Whether a text can be kept in a database, whatever it says."""

from collections.abc import Iterator

from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Document, Inline, Provision
from engross.core.refusals import Reason

LONGEST_NUMBER = 200
LONGEST_NAME = 120
LONGEST_TITLE = 500
LONGEST_LANGUAGE = 20
MOST_NAMED = 10


def reasons_against_storing(places: Places) -> list[Reason]:
    """Return why a text cannot be kept: characters that no database takes, names without end."""
    reasons = [reason for each in places.code.documents for reason in _against_document(each)]
    for node, provision in enumerate(places.provisions):
        if provision is None:
            continue
        if len(provision.number) > LONGEST_NUMBER:
            what = f"The number '{provision.number[:40]}…' is longer than {LONGEST_NUMBER}"
            reasons.append(Reason(what, "Put what is not its number into the text"))
        if any(_is_odd(text) for text in _texts(provision)):
            what = (
                f"{_plain(places.shown(node))} holds a character that is none (NUL or half a pair)"
            )
            reasons.append(Reason(what, "Take it out of the file"))
        if len(reasons) >= MOST_NAMED:
            break
    return reasons


def _against_document(document: Document) -> Iterator[Reason]:
    name = document.document
    limits = (
        ("name", name, LONGEST_NAME),
        ("title", document.title, LONGEST_TITLE),
        ("language", document.language, LONGEST_LANGUAGE),
    )
    if not name.strip():
        yield Reason("A document has no name", "Say what it is called: Section D")
    for what, text, longest in limits:
        if len(text) > longest:
            yield Reason(
                f"The {what} '{_plain(text[:40])}…' is longer than {longest}", "Shorten it"
            )
        if _is_odd(text):
            told = f"The {what} of {_plain(name)} holds a character that is none"
            yield Reason(told, "Take it out of the file")


def _texts(provision: Provision) -> Iterator[str]:
    yield provision.text
    yield provision.number
    if provision.heading:
        yield provision.heading
    inlines: tuple[Inline, ...] = provision.inlines or ()
    yield from (inline.note or "" for inline in inlines)
    if provision.table:
        yield from (cell for row in provision.table.rows for cell in row)


def _is_odd(text: str) -> bool:
    if text.isascii():
        return "\x00" in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return "\x00" in text


def _plain(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode() if _is_odd(text) else text
