"""Canonical JSON of a text: read with every fault named by its place, written, and its schema."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec

from engross.core.legaltext.provisions import Code, Document, Inline, Provision, Table
from engross.core.legaltext.soundness import DEEPEST, reasons_against
from engross.core.refusals import Reason, Refused

_AS_CODE = re.compile(rb'\s*\{\s*"documents"\s*:')
_AS_DOCUMENT = re.compile(rb'\s*\{\s*"document"\s*:')
_ELEMENTS: dict[str, Any] = {
    "documents": Document,
    "provisions": Provision,
    "children": Provision,
    "inlines": Inline,
    "rows": tuple[str, ...],
}
_WORDS = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "array": "a list",
    "object": "an object",
    "null": "nothing",
    "bool": "true or false",
}
_EXPECTED = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `([^`]*)`")
_AT_BYTE = re.compile(r"\(byte (\d+)\)")
REMEDY = "Compare the file with the schema of canonical JSON (docs/reference/legal-text.md)"


_ABSENT = msgspec.Raw(b"")


class _Keys(msgspec.Struct):
    """Which kind of file it is, by the keys that tell; what they hold is passed over."""

    document: msgspec.Raw = _ABSENT
    documents: msgspec.Raw = _ABSENT
    operations: msgspec.Raw = _ABSENT
    entries: msgspec.Raw = _ABSENT


class _Fault(NamedTuple):
    path: str
    message: str


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
    return code


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
    """Return 'document', 'code', 'change set', 'comparison' or '' by a JSON file's keys."""
    if _AS_DOCUMENT.match(content):
        return "document"
    if _AS_CODE.match(content):
        return "code"
    keys = msgspec.json.decode(content, type=_Keys)
    if bytes(keys.operations):
        return "change set"
    if bytes(keys.entries):
        return "comparison"
    if bytes(keys.documents):
        return "code"
    return "document" if bytes(keys.document) else ""


def _decoded(content: bytes, name: str) -> Code:
    try:
        text = _typed(content, name)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(Reason(f"{name} {_malformed(content, str(error))}", REMEDY)) from None
    except RecursionError:
        what = f"{name} is nested deeper than {DEEPEST} levels"
        raise Refused(Reason(what, "Put its provisions under fewer others")) from None
    return text if isinstance(text, Code) else Code((text,))


def _typed(content: bytes, name: str) -> Code | Document:
    kind: type[Document | Code] = Document
    try:
        found = kind_of_json(content)
        if found in ("change set", "comparison"):
            raise Refused(Reason(f"{name} is a {found}, not a text", "Give the text itself"))
        kind = Code if found == "code" else Document
        return msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError as error:
        fault = _fault_in(content, kind, str(error))
    place = f", {fault.path}: " if fault.path else ": "
    raise Refused(Reason(f"{name}{place}{fault.message}", REMEDY))


def _malformed(content: bytes, message: str) -> str:
    if at := _AT_BYTE.search(message):
        line = content.count(b"\n", 0, int(at[1])) + 1
        told = message[: at.start()].removeprefix("JSON is malformed: ").strip()
        return f"is not JSON, line {line}: {told}"
    if "truncated" in message:
        return "is not whole: it ends in the middle"
    return f"is not JSON in UTF-8: {message}"


def _fault_in(content: bytes, kind: type, message: str) -> _Fault:
    """Return the place of a fault with the place in every list, and what is wrong in words.

    The decoder names no places in lists, so the file is walked again, this once.
    """
    said, _, pattern = message.partition(" - at `")
    path = _walked(msgspec.json.decode(content), kind, pattern.rstrip("`"))
    return _Fault(path, _in_words(said))


def _walked(value: Any, kind: Any, pattern: str) -> str:
    path = ""
    name = ""
    for step in re.findall(r"\.(\w+)|\[([^\]]*)\]", pattern):
        if step[0]:
            name = step[0]
            path += f".{name}"
            value = value.get(name) if isinstance(value, dict) else None
            continue
        kind = str if kind == tuple[str, ...] else _ELEMENTS.get(name, str)
        at = _first_that_fails(value, kind)
        if at is None:
            return path.lstrip(".")
        path += f"[{at}]"
        value = value[at]
        if kind is Table or kind == tuple[str, ...]:
            name = "cells"
    return path.lstrip(".")


def _first_that_fails(values: Any, kind: Any) -> int | None:
    for at, value in enumerate(values if isinstance(values, list) else ()):
        try:
            msgspec.convert(value, kind)
        except (msgspec.ValidationError, RecursionError):
            return at
    return None


def _in_words(message: str) -> str:
    if found := _EXPECTED.fullmatch(message):
        wanted = " or ".join(_WORDS.get(each.strip(), each) for each in found[1].split("|"))
        return f"expected {wanted}, found {_WORDS.get(found[2], found[2])}"
    if found := _MISSING.fullmatch(message):
        return f"'{found[1]}' is missing"
    if found := _UNKNOWN.fullmatch(message):
        return f"'{found[1]}' is not known here"
    return message[:1].lower() + message[1:]
