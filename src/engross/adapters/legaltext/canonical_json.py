"""Canonical JSON of a text: read with every fault named by its place, written, and its schema."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from engross.core.legaltext.provisions import Code, Document, Provision
from engross.core.legaltext.soundness import reasons_against
from engross.core.refusals import Reason, Refused

_AS_CODE = re.compile(rb'\s*\{\s*"documents"\s*:')
_AS_DOCUMENT = re.compile(rb'\s*\{\s*"document"\s*:')
_NO_MARKS = re.compile(rb'"inlines"\s*:\s*\[\s*\]')
_ABSENT = msgspec.Raw(b"")
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class _Keys(msgspec.Struct):
    """Which kind of file it is, by the keys that tell; what they hold is passed over."""

    document: msgspec.Raw = _ABSENT
    documents: msgspec.Raw = _ABSENT
    operations: msgspec.Raw = _ABSENT
    entries: msgspec.Raw = _ABSENT
    conflicts: msgspec.Raw = _ABSENT
    resolutions: msgspec.Raw = _ABSENT


def code_from_json(content: bytes, *, name: str) -> Code:
    """Return the text of canonical JSON: of a document, or of documents in their order.

    `name` is what the file is called in refusals. Raises Refused with every fault's place.
    """
    with collector_paused():
        code = _decoded(content, name)
        if reasons := reasons_against(code):
            raise Refused(
                Reason(f"{name}: {reason.what}", reason.remedy, reason.clause) for reason in reasons
            )
        if b'"inlines"' in content and _NO_MARKS.search(content):
            code = _without_empty_marks(code)
    return code


def _without_empty_marks(code: Code) -> Code:
    """Return a text in the form it is written in: an empty list of marks is none."""

    def provision(one: Provision) -> Provision:
        children = tuple(provision(child) for child in one.children)
        return replace(one, inlines=one.inlines or UNSET, children=children)

    return Code(
        tuple(
            replace(document, provisions=tuple(provision(one) for one in document.provisions))
            for document in code.documents
        )
    )


def json_from_code(code: Code) -> bytes:
    """Return canonical JSON: of the document where there is just one, else of them all."""
    one = code.documents[0] if len(code.documents) == 1 else code
    return msgspec.json.encode(one) + b"\n"


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a document, and of a code that is several."""
    (document, code), definitions = msgspec.json.schema_components(
        (Document, Code), ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The text of a code",
        "anyOf": [document, code],
        "$defs": definitions,
    }


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python from looking for cycles meanwhile: a text has none, and has many parts."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def kind_of_json(content: bytes) -> str:
    """Return what a JSON file is by its keys: 'document', 'code', 'change set' …, '' if unknown.

    Raises what the decoder raises where it is no JSON object.
    """
    if _AS_DOCUMENT.match(content):
        return "document"
    if _AS_CODE.match(content):
        return "code"
    keys = msgspec.json.decode(content, type=_Keys)
    named = {
        "change set": keys.operations,
        "comparison": keys.entries,
        "report of a merge": keys.conflicts,
        "list of resolutions": keys.resolutions,
        "code": keys.documents,
        "document": keys.document,
    }
    return next((kind for kind, held in named.items() if bytes(held)), "")


def _decoded(content: bytes, name: str) -> Code:
    try:
        kind = kind_of_json(content)
        if kind not in ("code", "document", ""):
            raise Refused(Reason(f"{name} is a {kind}, not a text", "Give the text itself"))
        if kind == "code":
            return msgspec.json.decode(content, type=Code)
        return Code((msgspec.json.decode(content, type=Document),))
    except _UNREADABLE as error:
        # Only a file that is refused pays for finding out where it is wrong.
        from engross.adapters.legaltext.json_faults import refusal_of

        raise refusal_of(content, name, error) from None
