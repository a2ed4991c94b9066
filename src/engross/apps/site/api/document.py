"""The OpenAPI document: what the apps declare, with every refusal, header and true example."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from engross.apps.registers.api import KINDS, MEDIA_TYPE
from engross.apps.site.api.root import api
from engross.core.people.scopes import MEANINGS

# Whatever is asked, an answer may be one of these.
EVERYWHERE = ("bad-request", "unknown-token", "not-found", "not-acceptable", "address-too-long",
              "not-understood", "too-many-requests", "fault")  # fmt: skip
WHEN_WRITING = ("not-allowed", "conflict", "too-large", "not-this-format")
MARKED = {"ETag": "The mark of this answer: send it as If-None-Match, and 304 says it holds still"}
COUNTED = {
    "RateLimit-Limit": "How many requests a minute are answered",
    "RateLimit-Remaining": "How many of them are left",
    "RateLimit-Reset": "How many seconds this minute still takes",
}
TURNED = {"Link": "The address of the next page, as rel=next"}


@cache
def openapi_document() -> dict[str, Any]:
    """Return the OpenAPI document of the whole API; nobody may change it."""
    document = dict(api.get_openapi_schema())
    document["components"] = {**document["components"], "responses": _problems()}
    examples = _examples()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _complete(operation, method)
            _show(operation, examples.get(f"{method.upper()} {path}"))
    _tell_of_tokens(document)
    return document


def _tell_of_tokens(document: dict[str, Any]) -> None:
    """Say that whoever reads may send a token, and what the scopes of one let it do."""
    scopes = "; ".join(f"{each.scope}: {each.meaning.lower()}" for each in MEANINGS)
    scheme = {"type": "http", "scheme": "bearer", "description": f"A token of yours. {scopes}"}
    document["components"]["securitySchemes"] = {"Token": scheme}
    document["security"] = [{}, {"Token": []}]


def _problems() -> dict[str, Any]:
    """Return every kind of problem as an answer, by its name."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        name: {"description": f"{kind.title}. {kind.remedy}.", "content": content}
        for name, kind in KINDS.items()
    }


def _complete(operation: dict[str, Any], method: str) -> None:
    """Say of an operation which headers its answer has, and how it refuses."""
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    kinds = EVERYWHERE if method == "get" else EVERYWHERE + WHEN_WRITING
    told = {str(KINDS[kind].status): kind for kind in kinds}
    told |= {str(kind.status): name for name, kind in KINDS.items() if str(kind.status) in answers}
    for status, kind in told.items():
        answers[status] = {"$ref": f"#/components/responses/{kind}"}
    if method == "get":
        is_paged = any(each["name"] == "cursor" for each in operation["parameters"])
        answers["200"]["headers"] = _headers(MARKED | COUNTED | (TURNED if is_paged else {}))
        answers["304"] = {"description": "What you have still holds", "headers": _headers(MARKED)}
    operation["responses"] = dict(sorted(answers.items()))


def _headers(meanings: dict[str, str]) -> dict[str, Any]:
    return {
        name: {"description": meaning, "schema": {"type": "string"}}
        for name, meaning in meanings.items()
    }


@cache
def _examples() -> dict[str, Any]:
    """Return an example of each operation, by its method and path, as the demonstration gave it."""
    text = files("engross.apps.site.api").joinpath("examples.json").read_text("utf-8")
    return dict(json.loads(text))


def _show(operation: dict[str, Any], example: dict[str, Any] | None) -> None:
    """Put an example into an operation: what is asked, and the answer, shortened."""
    if example is None or str(example["status"]) not in operation["responses"]:
        return
    operation["x-example-request"] = example["request"]
    for parameter in operation["parameters"]:
        if parameter["name"] in example["parameters"]:
            parameter["example"] = example["parameters"][parameter["name"]]
    answer = operation["responses"][str(example["status"])]
    for content in answer.get("content", {}).values():
        content["example"] = example["answer"]
    if "body" in example:
        operation["x-example-body"] = example["body"]
        kind = "text/csv" if isinstance(example["body"], str) else "application/json"
        operation["requestBody"]["content"][kind]["example"] = example["body"]
