"""What is wrong with a JSON file, and where: in words, with the place in every list.

The decoder names the field but no places in lists; a file that fails is walked again, this once.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from engross.core.legaltext.provisions import Document, Inline, Provision
from engross.core.legaltext.soundness import DEEPEST
from engross.core.refusals import Reason, Refused

ELEMENTS: Mapping[str, Any] = {
    "documents": Document,
    "provisions": Provision,
    "children": Provision,
    "inlines": Inline,
    "rows": tuple[str, ...],
}
REMEDY = "Compare the file with the schema of canonical JSON (docs/reference/legal-text.md)"
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
_STEPS = re.compile(r"\.(\w+)|\[([^\]]*)\]")


def refusal_of(
    content: bytes, name: str, error: Exception, elements: Mapping[str, Any] = ELEMENTS
) -> Refused:
    """Return the refusal of a JSON file that could not be decoded, with the place and the fault.

    `elements` are the types that stand in lists, by the name of the list.
    """
    if isinstance(error, RecursionError):
        what = f"{name} is nested deeper than {DEEPEST} levels"
        return Refused(Reason(what, "Put its provisions under fewer others"))
    if isinstance(error, msgspec.ValidationError):
        said, _, pattern = str(error).partition(" - at `")
        try:
            path = _walked(msgspec.json.decode(content), pattern.rstrip("`"), elements)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as worse:
            return refusal_of(content, name, worse)
        place = f", {path}: " if path else ": "
        return Refused(Reason(f"{name}{place}{_in_words(said)}", REMEDY))
    return Refused(Reason(f"{name} {_malformed(content, str(error))}", REMEDY))


def _malformed(content: bytes, message: str) -> str:
    if at := _AT_BYTE.search(message):
        line = content.count(b"\n", 0, int(at[1])) + 1
        told = message[: at.start()].removeprefix("JSON is malformed: ").strip()
        return f"is not JSON, line {line}: {told}"
    if "truncated" in message:
        return "is not whole: it ends in the middle"
    return f"is not JSON in UTF-8: {message}"


def _walked(value: Any, pattern: str, elements: Mapping[str, Any]) -> str:
    """Return a decoder's path with the place in each list: that of the first that fails there."""
    path = ""
    name = ""
    for step in _STEPS.findall(pattern):
        if step[0]:
            name = step[0]
            path += f".{name}"
            value = value.get(name) if isinstance(value, dict) else None
            continue
        at = _first_that_fails(value, elements.get(name, str))
        if at is None:
            break
        path += f"[{at}]"
        value = value[at]
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
