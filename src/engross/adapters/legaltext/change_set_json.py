"""Change sets as JSON: read with every fault named by its place, and written."""

import msgspec

from engross.adapters.legaltext.canonical_json import collector_paused, kind_of_json
from engross.adapters.legaltext.json_faults import ELEMENTS, refusal_of
from engross.core.legaltext.change_sets import ChangeSet, Operation, Piece
from engross.core.refusals import Reason, Refused

_ELEMENTS = {**ELEMENTS, "operations": Operation, "pieces": Piece}


def change_set_from_json(content: bytes, *, name: str) -> ChangeSet:
    """Return a change set; `name` is what the file is called in refusals. Raises Refused."""
    try:
        with collector_paused():
            kind = kind_of_json(content)
            if kind and kind != "change set":
                called = "text" if kind in ("document", "code") else kind
                what = f"{name} is a {called}, not a change set"
                raise Refused(Reason(what, "Make one with `engross text changes OLD NEW`"))
            return msgspec.json.decode(content, type=ChangeSet)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refusal_of(content, name, error, _ELEMENTS) from None


def json_from_change_set(change_set: ChangeSet) -> bytes:
    """Return a change set as JSON."""
    return msgspec.json.encode(change_set) + b"\n"
