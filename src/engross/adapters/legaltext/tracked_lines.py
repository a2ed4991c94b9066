"""The tracked changes of a Word file, told as lines or as JSON; nobody's name is in them."""

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from engross.core.legaltext.tracked import TrackedText, anonymous_authors
from engross.core.legaltext.tracked_changes import Change, changes_of

_BRACKETS = {"=": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}


def change_lines(text: TrackedText) -> Iterator[str]:
    """Yield every change on a line: its number, how it changed, its words, by whom and when."""
    for change in _unnamed(text):
        yield " ".join(part for part in (_head(change), _words(change), _acts(change)) if part)


def changes_as_json(text: TrackedText) -> bytes:
    """Return every change as JSON: {"changes": [...], "notUnderstood": [...]}."""
    found = {"changes": list(_unnamed(text)), "not_understood": text.unknown}
    return msgspec.json.encode(found)


def _unnamed(text: TrackedText) -> Iterator[Change]:
    authors = anonymous_authors(text)
    for change in changes_of(text):
        revisions = tuple(
            replace(each, author=authors.get(each.author, "")) for each in change.revisions
        )
        yield replace(change, revisions=revisions)


def _head(change: Change) -> str:
    before, after = change.number_before, change.number_after
    number = f"{before} → {after}" if before and after and before != after else after or before
    place = f"{change.story}: " if change.story else ""
    if change.place is not None:
        at = change.place
        place += f"table {at.table + 1}, row {at.row + 1}, cell {at.cell + 1}: "
    return f"{place}{number} {', '.join(change.kinds)}:".strip()


def _words(change: Change) -> str:
    marked = []
    for sign, words in change.tokens:
        opening, closing = _BRACKETS[sign]
        marked.append(opening + words.replace("\n", "¶") + closing)
    return "".join(marked)


def _acts(change: Change) -> str:
    acts = dict.fromkeys(
        " ".join(part for part in (act.author, act.date[:10]) if part) for act in change.revisions
    )
    told = "; ".join(act for act in acts if act)
    return f"({told})" if told else ""
