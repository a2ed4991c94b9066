"""Ask every operation of the API for an example, and keep the answers for its OpenAPI document.

    python -m tools.api_examples

It takes the demonstration into an empty database, asks, shortens what is long, and writes
src/engross/apps/site/api/examples.json. A test asks again and compares.
"""

import json
import os
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from tools.repository import ROOT

FILE = ROOT / "src" / "engross" / "apps" / "site" / "api" / "examples.json"
DAY = "2021-09-30"
# Of the real ones: the days of what is made up are counted from today.
RELEASE = "June 2023 SEC Release"
LONGEST_TEXT = 160
LONGEST_LIST = 2
LONGEST_ROW = 6
MOST_NAMES = 30
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_CHANCE = {"entry", "url"}
_SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
_CURSOR = re.compile(r"(cursor=)[^&\"]+")

# What is asked where the day and one row will not do; 'body' is sent, 'headers' too.
ASKED: dict[str, dict[str, Any]] = {
    "GET /api/v1/reports/{paper}/{month}": {"paper": "operations-report", "month": "2021-09"},
    "GET /api/v1/figures/{name}": {"name": "parties.voting_groups.total", "month": "2021-09"},
    "GET /api/v1/proposals/{identifier}": {"identifier": "MP078"},
    "GET /api/v1/parties/{reference}": {},
    "GET /api/v1/code/versions/{number}": {"number": "46.0"},
    "GET /api/v1/code/documents/{slug}": {"slug": "section/D", "for": "large-suppliers"},
    "GET /api/v1/code/provisions": {"address": "D1.2", "page_size": "2"},
    "GET /api/v1/code/provisions/{ident}": {},
    "GET /api/v1/code/compare": {"old": "3.1", "new": "3.2", "page_size": "1"},
    "GET /api/v1/code/terms/{slug}": {"slug": "party"},
    "GET /api/v1/code/references": {"from": "section/D/1", "page_size": "1"},
    "GET /api/v1/code/applicability": {
        "category": "large-suppliers", "document": "section/D", "sense": "obliges",
        "page_size": "1",
    },
    "GET /api/v1/change-sets": {"standing": "open", "page_size": "1"},
    "GET /api/v1/change-sets/{name}": {"name": "notice-of-new-versions"},
    "GET /api/v1/releases/{name}": {"name": RELEASE},
    "GET /api/v1/meetings/{name}": {},
    "GET /api/v1/bodies/{key}": {"key": "change-board"},
    "GET /api/v1/product-lists/{key}": {"page_size": "1"},
    "POST /api/v1/registers/{name}/import": {
        "name": "parties", "dry_run": "true", "content_type": "text/csv",
        "body": "party,held_from,legal_name,basis\nP9001,2021-09-30,Example Limited,fictional\n",
    },
}  # fmt: skip
# Where a path's parameter is found: the list, and the field of its first row.
FOUND = {
    "reference": ("/api/v1/parties?page_size=1", "reference"),
    "ident": (f"/api/v1/code/provisions?as_at={DAY}&address=D1.2&page_size=1", "id"),
    "releases/name": ("/api/v1/releases?page_size=1", "release"),
    "meetings/name": ("/api/v1/meetings?page_size=1", "meeting"),
    "consultations/reference": ("/api/v1/consultations?page_size=1", "reference"),
    "votes/number": ("/api/v1/votes?state=counted&page_size=1", "number"),
    "key": ("/api/v1/registers/product-lists?page_size=1", "product_list"),
}


def examples(client: Any, writer: Any) -> dict[str, Any]:
    """Return an example of each operation, by its method and path.

    `client` asks as anybody does; `writer` bears a token that may write. The records must be the
    demonstration's, and what is written is for the caller to undo.
    """
    found = {}
    for operation, method, path in _operations():
        name = f"{method} {path}"
        if method == "GET" and "x-scope" not in operation:
            found[name] = _asked(client, operation, path, ASKED.get(name, {}))
        elif name in ASKED:
            found[name] = _sent(writer, path, ASKED[name])
    return found | dict(_drafting(client, writer)) | dict(_webhooks(writer))


def _operations() -> Iterator[tuple[dict[str, Any], str, str]]:
    from engross.apps.site.api import openapi_document

    for path, methods in openapi_document()["paths"].items():
        for method, operation in methods.items():
            yield operation, method.upper(), path


def _asked(
    client: Any, operation: dict[str, Any], path: str, chosen: dict[str, str]
) -> dict[str, Any]:
    known = {each["name"]: each["in"] for each in operation["parameters"]}
    asked = dict(chosen)
    if "as_at" in known and not {"as_at", "month"} & set(asked):
        asked["as_at"] = DAY
    if "page_size" in known:
        asked.setdefault("page_size", "1")
    for name, where in known.items():
        if where == "path" and name not in asked:
            asked[name] = _first(client, path, name)
    answer = client.get(_address(path, asked))
    return _example("GET", path, asked, answer)


def _first(client: Any, path: str, name: str) -> str:
    above = path.split("/{", maxsplit=1)[0].rsplit("/", 1)[1]
    most = 500 if name == "entry" else 1
    own = (path.split("/{", maxsplit=1)[0] + f"?page_size={most}", name)
    address, field = FOUND.get(f"{above}/{name}") or FOUND.get(name) or own
    told = client.get(address).json()
    rows = told["rows"]
    if name == "entry":
        while told["next"]:
            told = client.get(told["next"]).json()
            rows += told["rows"]
        # Entries have names by chance, and rows of one day stand in their order.
        rows = sorted(rows, key=lambda row: [str(row[each]) for each in row if each not in _CHANCE])
    return str(rows[0][field]) if rows else "00000000-0000-4000-8000-000000000000"


def _address(path: str, asked: dict[str, str]) -> str:
    inside = {name: value for name, value in asked.items() if f"{{{name}}}" in path}
    for name, value in inside.items():
        path = path.replace(f"{{{name}}}", quote(value, safe="/"))
    rest = {name: value for name, value in asked.items() if name not in inside}
    return f"{path}?{urlencode(rest, safe='/')}" if rest else path


def _example(
    method: str, path: str, asked: dict[str, str], answer: Any, body: Any = None
) -> dict[str, Any]:
    if answer.status_code not in {200, 201, 202, 204, 404}:
        raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.content[:300]!r}")
    made = {"request": f"{method} {_address(path, asked)}", "parameters": asked,
            "status": answer.status_code,
            "answer": shortened(answer.json()) if answer.content else None}  # fmt: skip
    told: dict[str, Any] = lasting(made | ({"body": body} if body is not None else {}))
    return told


def _sent(writer: Any, path: str, asked: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in asked.items() if name not in {"body", "content_type"}}
    answer = writer.post(_address(path, told), asked["body"], content_type=asked["content_type"])
    return _example("POST", path, told, answer, asked["body"])


def _drafting(client: Any, writer: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the examples of drafting: a set that differs from another, and what comes of both."""
    drafted = client.get("/api/v1/change-sets/notice-of-new-versions").json()
    said = json.loads(json.dumps(drafted["said"]).replace('[44, "5", "10"]', '[44, "5", "15"]'))
    for name in ("base", "result"):
        said.pop(name, None)
    said["operations"] = [each for each in said["operations"] if "15" in json.dumps(each)]
    for each in said["operations"]:
        each["hashes"][1] = _hash_after(client, each)
    body = {"base_version": drafted["base_version"], "said": said, "note": "Drafted anew"}
    path, asked = "/api/v1/change-sets/{name}", {"name": "longer-notice"}
    answer = writer.put(_address(path, asked), json.dumps(body), headers={"If-None-Match": "*"},
                        content_type="application/json")  # fmt: skip
    yield f"PUT {path}", _example("PUT", path, asked, answer, body)
    release = {"name": RELEASE}
    path = "/api/v1/releases/{name}/compositions"
    body = {"change_sets": ["notice-of-new-versions", "longer-notice"], "base_version": "3.2"}
    answer = writer.post(_address(path, release), json.dumps(body), content_type="application/json")
    yield f"POST {path}", _example("POST", path, release, answer, body)
    (conflict,) = answer.json()["conflicts"]
    body = {"conflict": conflict["id"], "take": "side", "side": "longer-notice",
            "reason": "The Panel asked for it"}  # fmt: skip
    decided = {**release, "number": str(answer.json()["composition"])}
    path = "/api/v1/releases/{name}/compositions/{number}/decisions"
    answer = writer.post(_address(path, decided), json.dumps(body), content_type="application/json")
    yield f"POST {path}", _example("POST", path, decided, answer, body)


def _webhooks(writer: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the examples of keeping a webhook, from adding it to removing it."""
    path, kind = "/api/v1/webhooks", "application/json"
    body = {"url": "https://example.org/changes", "kinds": ["row.added"],
            "registers": ["proposals"]}  # fmt: skip
    answer = writer.post(path, json.dumps(body), content_type=kind)
    yield f"POST {path}", _example("POST", path, {}, answer, body)
    yield f"GET {path}", _example("GET", path, {}, writer.get(path))
    one, asked = path + "/{number}", {"number": str(answer.json()["id"])}
    for method, where in (("GET", one), ("POST", f"{one}/trial"), ("DELETE", one)):
        answer = writer.generic(method, _address(where, asked))
        yield f"{method} {where}", _example(method, where, asked, answer)


def _hash_after(client: Any, operation: dict[str, Any]) -> str:
    """Return the name of the text that an operation's edits make."""
    from engross.core.legaltext.provisions import short_hash

    text = client.get(f"/api/v1/code/provisions/{operation['key']}").json()["provision"]["text"]
    for offset, gone, put in reversed(operation["edits"]):
        text = text[:offset] + put + text[offset + len(gone) :]
    return short_hash(text)


def shortened(value: Any) -> Any:
    """Return an answer of which the first items of each list stand, and the start of each text.

    Of an object with very many names the first stand; a short row of plain values stays whole.
    """
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else f"{value[:LONGEST_TEXT]}…"
    if isinstance(value, list):
        is_row = len(value) <= LONGEST_ROW and not any(
            isinstance(one, dict | list) for one in value
        )
        return [shortened(each) for each in (value if is_row else value[:LONGEST_LIST])]
    if isinstance(value, dict):
        most = LONGEST_LIST if len(value) > MOST_NAMES else len(value)
        return {name: shortened(each) for name, each in list(value.items())[:most]}
    return value


def lasting(example: Any) -> Any:
    """Return an example in which nothing differs from one database or day to the next."""
    text = json.dumps(example, ensure_ascii=False)
    seen: dict[str, str] = {}
    for found in _UUID.findall(text):
        seen.setdefault(found, f"00000000-0000-4000-8000-{len(seen) + 1:012}")
    for found, shown in seen.items():
        text = text.replace(found, shown)
    text = _SECRET.sub("whsec_SHOWN-THIS-ONCE", text)
    text = _CURSOR.sub(r"\1FOLLOW-THE-LINK", text)
    today = f"{datetime.now(ZoneInfo('Europe/London')):%Y-%m-%d}"  # noqa: TID251 a door too
    text = re.sub(rf"{today}(T[0-9:.]+Z)?", lambda at: DAY + ("T09:00:00Z" if at[1] else ""), text)
    return json.loads(text)


def main() -> None:
    """Write the examples anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engross.config.settings_test")
    import django

    django.setup()
    from django.test import Client

    from benchmarks import temporary_database
    from tests.support.tokens import program, staff

    with temporary_database():
        from tests.support.demonstration import take_in

        take_in("sec")
        found = examples(Client(), program(staff()))
    FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(found)} examples in {FILE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
