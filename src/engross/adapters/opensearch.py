"""OpenSearch as the engine that answers searches: an index of documents, and questions to it.

`opensearch-py` is an extra (`engross[search]`): it is imported when an index is first opened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from engross.core.refusals import Reason, Refused
from engross.core.search import DayRange, Term

DEFAULT_NAME = "engross"
SECONDS = 5
_BATCH = 500
_WORDS = {"type": "text", "analyzer": "english"}
_KEYWORD = {"type": "keyword"}
_DAY = {"type": "date", "format": "yyyy-MM-dd"}
MAPPING = {
    "mappings": {
        "dynamic": "strict",
        "properties": {
            "where": _KEYWORD, "row": {"type": "long"}, "kind": _KEYWORD, "source": _KEYWORD,
            "title": _WORDS, "body": _WORDS, "names": _KEYWORD, "categories": _KEYWORD,
            "day_from": _DAY, "day_until": _DAY, "paper_class": _KEYWORD, "reach": _KEYWORD,
            "body_key": _KEYWORD, "parties": _KEYWORD, "people": _KEYWORD,
            "weight": {"type": "float"},
        },
    }
}  # fmt: skip


class IndexUnreachable(Exception):
    """The index could not be reached, or did not do what it was asked."""


@dataclass(frozen=True)
class IndexQuestion:
    """A question as the index takes it; keys, not words of a person, but for the terms.

    `readable` are alternatives, each a condition on fields, one of which must hold; None where
    everything may be read. `text_on` is the day whose text is searched, `as_at` that of all else.
    `named_as_text` are phrases one of which a text must hold to be in the chosen categories.
    """

    required: Sequence[Term] = ()
    excluded: Sequence[Term] = ()
    beginnings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    name: str = ""
    readable: Sequence[Mapping[str, Sequence[str]]] | None = None
    text_on: date | None = None
    as_at: date | None = None
    kinds: Sequence[str] = ()
    categories: Sequence[str] = ()
    named_as_text: Sequence[str] = ()
    classes: Sequence[str] = ()
    days: DayRange = field(default_factory=DayRange)
    behind: Sequence[str] = ()
    order: str = "relevance"
    offset: int = 0
    limit: int = 20


def question_body(asked: IndexQuestion) -> dict[str, Any]:
    """Return a question in OpenSearch's language; counts are of all kinds, hits of those chosen."""
    required = [_term(term, asked.beginnings) for term in asked.required]
    bool_query: dict[str, Any] = {
        "must": required or [{"match_all": {}}],
        "must_not": [_term(term, {}) for term in asked.excluded],
        "filter": list(_filters(asked)),
    }
    if asked.name:
        named = {"filter": {"term": {"names": asked.name}}, "boost": 1000.0}
        bool_query["should"] = [{"constant_score": named}]
    scored = {"query": {"bool": bool_query}, "field_value_factor": {"field": "weight"}}
    body: dict[str, Any] = {
        "query": {"function_score": scored},
        "aggs": {"kinds": {"terms": {"field": "kind", "size": 100}}},
        "sort": _order(asked.order),
        "from": asked.offset,
        "size": asked.limit,
        "_source": ["where", "row"],
        "track_scores": True,
    }
    if asked.kinds:
        body["post_filter"] = {"terms": {"kind": list(asked.kinds)}}
    return body


def _term(term: Term, beginnings: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    kind = "phrase_prefix" if term.is_prefix else "phrase"
    whole = _phrase(" ".join(term.words), kind)
    others = beginnings.get(term.words[0], ()) if len(term.words) == 1 else ()
    if not others:
        return whole
    return _any_of([whole, *(_phrase(word, "phrase") for word in others)])


def _phrase(words: str, kind: str) -> dict[str, Any]:
    return {"multi_match": {"query": words, "type": kind, "fields": ["title^4", "body"]}}


def _filters(asked: IndexQuestion) -> Iterable[dict[str, Any]]:
    if asked.readable is not None:
        yield _any_of([_all_of(_terms(each)) for each in asked.readable])
    yield _any_of([
        _all_of([_is("where", "text"), *_on(asked.text_on)]),
        _all_of([_is("where", "entry"), *_on(asked.as_at)]),
    ])  # fmt: skip
    if asked.classes:
        yield {"terms": {"paper_class": list(asked.classes)}}
    if asked.categories:
        named = [_phrase(words, "phrase") for words in asked.named_as_text]
        yield _any_of([
            {"terms": {"categories": list(asked.categories)}},
            _all_of([_is("where", "text"), _any_of(named)]),
        ])  # fmt: skip
    if within := {
        sign: day.isoformat()
        for sign, day in (("gte", asked.days.start), ("lt", asked.days.until))
        if day
    }:
        yield {"range": {"day_from": within}}
    if asked.behind:
        yield {"bool": {"must_not": [{"terms": {"source": list(asked.behind)}}]}}


def _on(day: date | None) -> list[dict[str, Any]]:
    """Return the conditions for what holds on a day; none without one."""
    if day is None:
        return []
    told = day.isoformat()
    return [
        _any_of([_lacks("day_from"), {"range": {"day_from": {"lte": told}}}]),
        _any_of([_lacks("day_until"), {"range": {"day_until": {"gt": told}}}]),
    ]


def _terms(condition: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Return a condition on fields; a field that may hold nothing must be empty."""
    return [
        {"terms": {name: list(values)}} if values else _lacks(name)
        for name, values in condition.items()
    ]


def _is(name: str, value: str) -> dict[str, Any]:
    return {"term": {name: value}}


def _lacks(name: str) -> dict[str, Any]:
    return {"bool": {"must_not": [{"exists": {"field": name}}]}}


def _any_of(queries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def _all_of(queries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"filter": list(queries)}}


def _order(order: str) -> list[dict[str, Any]]:
    way = "asc" if order == "oldest" else "desc"
    by_day = {"day_from": {"order": way, "missing": "_last"}}
    by_score = {"_score": {"order": "desc"}}
    first = [by_day, by_score] if order in ("newest", "oldest") else [by_score, by_day]
    return [*first, {"row": {"order": way}}]


class SearchIndex:
    """An index of an OpenSearch server, by the address in SEARCH_URL.

    The address ends with the index's name: https://user:password@search.example.org:9200/engross
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.name = parts.path.strip("/") or DEFAULT_NAME
        self._client = _client(urlunsplit((parts.scheme, parts.netloc, "", "", "")))
        self._is_made = False

    def clear(self) -> None:
        """Drop the index with all it holds, and make it anew."""
        self._ask("indices.delete", index=self.name, ignore_unavailable=True)
        self._is_made = False
        self._make()

    def replace(
        self, documents: Mapping[str, Mapping[str, Any]], *, gone: Iterable[str] = ()
    ) -> None:
        """Put documents by their ids and drop others; they are found at once."""
        self._make()
        actions = [[{"delete": {"_id": each}}] for each in gone if each not in documents]
        actions += [[{"index": {"_id": each}}, dict(of)] for each, of in documents.items()]
        for start in range(0, len(actions), _BATCH):
            lines = [line for action in actions[start : start + _BATCH] for line in action]
            answer = self._ask("bulk", index=self.name, body=lines, params={"refresh": "true"})
            if wrong := _faults(answer):
                raise IndexUnreachable(f"The index refused {len(wrong)} documents: {wrong[0]}")

    def answer(self, asked: IndexQuestion) -> tuple[list[tuple[str, int, float]], dict[str, int]]:
        """Return where each hit stands, its row and score, and how many there are of each kind."""
        found = self._ask("search", index=self.name, body=question_body(asked))
        hits = [
            (hit["_source"]["where"], int(hit["_source"]["row"]), float(hit["_score"] or 0))
            for hit in found["hits"]["hits"]
        ]
        buckets = found["aggregations"]["kinds"]["buckets"]
        return hits, {each["key"]: each["doc_count"] for each in buckets}

    def _make(self) -> None:
        if self._is_made:
            return
        if not self._ask("indices.exists", index=self.name):
            self._ask("indices.create", index=self.name, body=MAPPING)
        self._is_made = True

    def _ask(self, operation: str, **asked: Any) -> Any:
        from opensearchpy.exceptions import OpenSearchException

        method: Any = self._client
        for name in operation.split("."):
            method = getattr(method, name)
        try:
            return method(**asked)
        except OpenSearchException as error:
            raise IndexUnreachable(f"{operation}: {str(error)[:300]}") from error


def _client(url: str) -> Any:
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        what = "SEARCH_URL is set, and opensearch-py is not installed"
        raise Refused(Reason(what, "Install engross[search], or take SEARCH_URL away")) from error
    return OpenSearch(hosts=[url], timeout=SECONDS, max_retries=1, retry_on_timeout=False)


def _faults(answer: Mapping[str, Any]) -> list[str]:
    """Return what was wrong with documents; one that is not there to drop is none of that."""
    results = (result for item in answer["items"] for result in item.values())
    return [str(each["error"])[:300] for each in results if each.get("error")]
