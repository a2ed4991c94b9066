"""Answers from an OpenSearch index that is kept beside the database, if the settings name one."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings

from engross.adapters.opensearch import IndexQuestion, IndexUnreachable, SearchIndex
from engross.apps.search.queries.asking import Asked
from engross.apps.search.queries.backends import Answer, Ranked, SearchBackend
from engross.apps.search.queries.database import DatabaseBackend, names_in_text
from engross.apps.search.queries.vocabulary import beginnings_of
from engross.apps.search.registers import TEXT_SOURCES
from engross.core.access import Reach, Reader
from engross.core.search import folded_name

log = logging.getLogger("engross.search")


def index_named() -> SearchIndex | None:
    """Return the index of SEARCH_URL; None where the database itself answers."""
    return _opened(settings.SEARCH_URL) if settings.SEARCH_URL else None


@lru_cache(maxsize=4)
def _opened(url: str) -> SearchIndex:
    return SearchIndex(url)


def backend() -> SearchBackend:
    """Return the engine that answers."""
    index = index_named()
    return MirrorBackend(index) if index else DatabaseBackend()


class MirrorBackend:
    """The index answers; while it cannot be reached, the database does."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index

    def answer(self, asked: Asked) -> Answer:
        """Return the page that was asked for."""
        if asked.behind.intersection(TEXT_SOURCES):
            # Its own text is as far behind; the database's is not.
            return DatabaseBackend().answer(asked)
        try:
            hits, counts = self.index.answer(_question(asked))
        except IndexUnreachable as error:
            log.warning("The database answers a search, as the index does not: %s", error)
            return DatabaseBackend().answer(asked)
        return Answer(tuple(Ranked(*hit) for hit in hits), counts)


def _question(asked: Asked) -> IndexQuestion:
    return IndexQuestion(
        required=asked.query.required,
        excluded=asked.query.excluded,
        beginnings=beginnings_of(asked.query.required),
        name=folded_name(asked.text),
        readable=None if asked.reader.handles_all else list(_readable(asked.reader)),
        text_on=asked.on,
        as_at=asked.as_at,
        kinds=asked.kinds,
        categories=[option.key for option in asked.categories],
        named_as_text=[name for option in asked.categories for name in names_in_text(option)],
        classes=asked.classes,
        days=asked.days,
        behind=sorted(asked.behind),
        order=asked.sort,
        offset=asked.offset,
        limit=asked.limit,
    )


def _readable(reader: Reader) -> Iterator[Mapping[str, Sequence[str]]]:
    """Return the alternatives of the rule about classes, as `readable_entries` does."""
    yield {"reach": [Reach.ANYONE.value]}
    if reader.is_within and Reach.PARTIES in reader.reaches:
        yield {"reach": [Reach.PARTIES.value]}
    if reader.is_within and Reach.CIRCLE in reader.reaches:
        circle: dict[str, Any] = {"reach": [Reach.CIRCLE.value]}
        if reader.parties:
            yield {**circle, "parties": sorted(reader.parties)}
        if bodies := sorted(reader.bodies - {""}):
            yield {**circle, "body_key": bodies}
        if reader.is_authority:
            yield {**circle, "parties": []}
    if reader.person is not None and reader.reaches:
        reaches = [each.value for each in reader.reaches]
        yield {"people": [str(reader.person)], "reach": reaches}
