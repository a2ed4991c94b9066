"""A small server that speaks the parts of OpenSearch's REST API that are used here.

It holds documents in memory and takes every part of a question literally: what it does not know,
it refuses, so that a question in words that OpenSearch has not would not pass unseen.
"""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from engross.core.search.words import stem_of, words_in

Document = dict[str, Any]


class FakeOpenSearch:
    """The indices by name, each a mapping and its documents by id."""

    def __init__(self) -> None:
        self.indices: dict[str, dict[str, Any]] = {}
        self.mappings: dict[str, Any] = {}
        self.is_broken = False

    def answer(self, method: str, path: str, body: str) -> tuple[int, Any]:
        """Answer a request."""
        if self.is_broken:
            return 503, {"error": "not now"}
        index, _, action = path.strip("/").partition("/")
        if (method, action) == ("PUT", ""):
            self.indices[index], self.mappings[index] = {}, json.loads(body)["mappings"]
            return 200, {"acknowledged": True}
        if index not in self.indices:
            is_fine = method == "DELETE"
            return (200 if is_fine else 404), {} if is_fine else {"error": "no such index"}
        if method == "HEAD":
            return 200, {}
        if method == "DELETE":
            del self.indices[index]
            return 200, {"acknowledged": True}
        asked: Any = {"_bulk": self._bulk, "_search": self._search}[action]
        return 200, asked(index, body)

    def _bulk(self, index: str, body: str) -> Any:
        lines = iter(json.loads(line) for line in body.splitlines() if line)
        items: list[Any] = []
        for line in lines:
            ((action, about),) = line.items()
            if action == "delete":
                self.indices[index].pop(about["_id"], None)
                items.append({action: {"status": 200}})
                continue
            document = next(lines)
            unknown = document.keys() - self.mappings[index]["properties"].keys()
            if unknown:
                items.append({action: {"error": f"strict mapping: {sorted(unknown)}"}})
                continue
            self.indices[index][about["_id"]] = document
            items.append({action: {"status": 201}})
        return {"items": items}

    def _search(self, index: str, body: str) -> Any:
        asked = json.loads(body)
        scored = [(score(asked["query"], each), each) for each in self.indices[index].values()]
        matching = [(value, each) for value, each in scored if value is not None]
        counts = Counter(each["kind"] for _, each in matching)
        if wanted := asked.get("post_filter"):
            matching = [pair for pair in matching if score(wanted, pair[1]) is not None]
        for by in reversed(asked["sort"]):
            matching = _sorted(matching, by)
        page = matching[asked["from"] : asked["from"] + asked["size"]]
        return {
            "hits": {"hits": [{"_score": value, "_source": each} for value, each in page]},
            "aggregations": {
                "kinds": {
                    "buckets": [{"key": key, "doc_count": n} for key, n in counts.most_common()]
                }
            },
        }


def _sorted(pairs: list[tuple[float, Document]], by: dict[str, Any]) -> Any:
    ((name, how),) = by.items()

    def value(pair: tuple[float, Document]) -> Any:
        return pair[0] if name == "_score" else pair[1].get(name)

    known = [pair for pair in pairs if value(pair) is not None]
    lacking = [pair for pair in pairs if value(pair) is None]
    return [*sorted(known, key=value, reverse=how["order"] == "desc"), *lacking]


def score(query: Any, document: Document) -> float | None:
    """Return how well a document answers a query; None if it does not."""
    ((kind, asked),) = query.items()
    answer = _QUERIES[kind](asked, document)
    return None if answer is False else float(answer)


def _bool(asked: Any, document: Document) -> float | bool:
    unknown = asked.keys() - {"must", "must_not", "filter", "should", "minimum_should_match"}
    assert not unknown, unknown
    found = 0.0
    for each in asked.get("must", ()):
        value = score(each, document)
        if value is None:
            return False
        found += value
    if any(score(each, document) is not None for each in asked.get("must_not", ())):
        return False
    if any(score(each, document) is None for each in asked.get("filter", ())):
        return False
    should = [score(each, document) for each in asked.get("should", ())]
    if sum(value is not None for value in should) < asked.get("minimum_should_match", 0):
        return False
    return found + sum(value for value in should if value is not None)


def _values(name: str, document: Document) -> list[Any]:
    value = document.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _term(asked: Any, document: Document) -> bool:
    ((name, value),) = asked.items()
    return value in _values(name, document)


def _terms(asked: Any, document: Document) -> bool:
    ((name, values),) = asked.items()
    return bool(set(values) & set(_values(name, document)))


def _range(asked: Any, document: Document) -> bool:
    ((name, limits),) = asked.items()
    compare: dict[str, Any] = {
        "lt": str.__lt__, "lte": str.__le__, "gt": str.__gt__, "gte": str.__ge__,
    }  # fmt: skip
    return any(
        all(compare[sign](value, limit) for sign, limit in limits.items())
        for value in _values(name, document)
    )


def _multi_match(asked: Any, document: Document) -> float | bool:
    words = words_in(asked["query"])
    found = 0.0
    for field in asked["fields"]:
        name, _, boost = field.partition("^")
        if _holds(words, words_in(document[name]), asked["type"]):
            found += float(boost or 1)
    return found or False


def _holds(asked: list[str], words: list[str], kind: str) -> bool:
    stems = [stem_of(word) for word in words]
    for start in range(len(words) - len(asked) + 1):
        part = stems[start : start + len(asked)]
        if kind == "phrase" and part == [stem_of(word) for word in asked]:
            return True
        last = words[start + len(asked) - 1]
        begun = part[:-1] == [stem_of(word) for word in asked[:-1]]
        if kind == "phrase_prefix" and begun and last.startswith(asked[-1]):
            return True
    return False


def _function_score(asked: Any, document: Document) -> float | bool:
    value = score(asked["query"], document)
    if value is None:
        return False
    return float(value * document[asked["field_value_factor"]["field"]])


def _constant_score(asked: Any, document: Document) -> float | bool:
    return asked["boost"] if score(asked["filter"], document) is not None else False


_QUERIES: dict[str, Any] = {
    "bool": _bool,
    "constant_score": _constant_score,
    "exists": lambda asked, document: bool(_values(asked["field"], document)),
    "function_score": _function_score,
    "match_all": lambda asked, document: 1.0,
    "multi_match": _multi_match,
    "range": _range,
    "term": _term,
    "terms": _terms,
}


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, fake: FakeOpenSearch, *args: Any) -> None:
        self.fake = fake
        super().__init__(*args)

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        status, told = self.fake.answer(self.command, self.path.partition("?")[0], body)
        content = b"" if self.command == "HEAD" else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _answer  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def fake_opensearch() -> Iterator[tuple[FakeOpenSearch, str]]:
    """Serve a fake, and give it with the address of an index of it."""
    fake = FakeOpenSearch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, fake))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake, f"http://127.0.0.1:{server.server_address[1]}/engross-test"
    finally:
        server.shutdown()
        server.server_close()
