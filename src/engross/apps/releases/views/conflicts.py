"""How conflicts are shown: every side beside the others, with what it would give."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from msgspec import UNSET

from engross.adapters.legaltext.redlines.words import segments
from engross.core.legaltext.merging import Act, Conflict, Side

KINDS = {
    "text": "Two wordings of one place",
    "heading": "Two headings of one clause",
    "table": "Two versions of one table",
    "marks": "Two markings of one text",
    "cut": "A text is parted and reworded",
    "number": "Two numbers for one clause",
    "edit-deletion": "One changes what the other deletes",
    "under-deleted": "One adds under what the other deletes",
    "destinations": "One clause moves to two places",
    "cycle": "Clauses would stand under each other",
    "inserted-number": "Two new clauses bear one number",
    "same-number": "Two clauses would bear one number",
    "document": "Two things are done to one document",
    "base": "It does not fit the text as it now is",
}
# Where a person may put words of their own instead of a side.
OWN_WORDS = {"text": "text", "heading": "heading", "number": "number"}


def kind_words(kind: str) -> str:
    """Return what a conflict is about, in words."""
    return KINDS.get(kind, kind)


def shown_conflicts(conflicts: Iterable[Conflict]) -> list[dict[str, Any]]:
    """Return conflicts as a page shows them."""
    return [shown_conflict(each) for each in conflicts]


def shown_conflict(conflict: Conflict) -> dict[str, Any]:
    """Return a conflict with its sides, each with its acts and what it would give."""
    return {
        "id": conflict.id,
        "kind": kind_words(conflict.kind),
        "address": conflict.address,
        "base": conflict.base,
        "sides": [_side(each) for each in conflict.sides],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "names": " and ".join(side.change_sets),
        "name": side.change_sets[0],
        "acts": [{"says": f"{act.does} at {act.address}", "tokens": _tokens(act)}
                 for act in side.acts],
        "text": "" if side.text is UNSET else side.text,
        "gives": side.text is not UNSET and not any(act.tokens for act in side.acts),
    }  # fmt: skip


def _tokens(act: Act) -> SafeString:
    # `segments` escapes every word of the text.
    return mark_safe(segments(act.tokens)) if act.tokens else SafeString("")  # noqa: S308
