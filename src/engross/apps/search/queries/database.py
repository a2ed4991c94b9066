"""Answers from the database itself: SQLite's FTS5, or PostgreSQL's full-text search.

One statement finds what matches among the entries and in the text of the day, counts the kinds,
and takes the page. What matches is found first and once, then joined with who may see it.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, F, FloatField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from engross.apps.legaltext.queries import WORDINGS_MATCHING, placements_on, wordings_with
from engross.apps.registers.queries import active_code
from engross.apps.search.models import EntryKey, SearchEntry
from engross.apps.search.queries.access import readable_entries
from engross.apps.search.queries.asking import NEWEST, OLDEST, Asked
from engross.apps.search.queries.backends import ENTRY, TEXT, Answer, Ranked
from engross.apps.search.queries.vocabulary import beginnings_of
from engross.apps.search.registers import CLAUSE
from engross.core.access import Reach
from engross.core.search import Term, folded_name, words_in
from engross.core.search.expressions import LANGUAGES

ENTRIES_MATCHING = {
    "sqlite": (
        "SELECT rowid AS id, -bm25(search_words, 4.0, 1.0) AS score"
        " FROM search_words WHERE search_words MATCH %s"
    ),
    "postgresql": (
        "SELECT id, ts_rank(words, asked, 1) AS score"
        " FROM search_searchentry, to_tsquery('engross', %s) asked WHERE words @@ asked"
    ),
}
# What is called exactly what was asked for comes first, whatever else holds the words.
_EXACT = 1000.0
_ORDERS = {
    NEWEST: "day IS NULL, day DESC, score DESC, id DESC",
    OLDEST: "day IS NULL, day, score DESC, id",
}
_BY_SCORE = "score DESC, day IS NULL, day DESC, id"


class DatabaseBackend:
    """The database that holds the entries answers."""

    def answer(self, asked: Asked) -> Answer:
        """Return the page that was asked for, by one statement."""
        statement, parameters = _statement(asked)
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            rows = cursor.fetchall()
        counts = {kind: count for what, kind, count, _ in rows if what == "count"}
        ranked = [Ranked(where, pk, score) for where, _, pk, score in rows if where != "count"]
        return Answer(tuple(ranked), counts)


def _statement(asked: Asked) -> tuple[str, list[Any]]:
    """Return the statement for a question, and what it is asked with."""
    matching, parameters = _matching(asked)
    parts = []
    for sql, own in _parts(asked):
        parts.append(sql)
        parameters += own
    kinds = f"WHERE kind IN ({', '.join(['%s'] * len(asked.kinds))})" if asked.kinds else ""
    order = _ORDERS.get(asked.sort, _BY_SCORE)
    found = " UNION ALL ".join(parts)
    statement = f"""
        WITH {matching} found ("where", kind, id, score, day) AS MATERIALIZED ({found})
        SELECT 'count', kind, count(*), 0.0 FROM found GROUP BY kind
        UNION ALL
        SELECT * FROM (
            SELECT "where", kind, id, score FROM found {kinds} ORDER BY {order} LIMIT %s OFFSET %s
        ) page
    """  # noqa: S608 our own words; whatever was typed is a parameter
    return statement, [*parameters, *asked.kinds, asked.limit, asked.offset]


def _matching(asked: Asked) -> tuple[str, list[Any]]:
    """Return the part of the statement that finds the words, before anything is joined."""
    if not asked.query.required:
        return "", []
    vendor = connection.vendor
    beginnings = beginnings_of(asked.query.required)
    words = LANGUAGES[vendor].all_of(asked.query.required, beginnings)
    entries, wordings = ENTRIES_MATCHING[vendor], WORDINGS_MATCHING[vendor]
    # `_matching`, not a name of the application's tables.
    return (
        f"entries_matching AS MATERIALIZED ({entries}),"
        f" wordings_matching AS MATERIALIZED ({wordings}),",
        [words, words],
    )


def _parts(asked: Asked) -> list[tuple[str, Sequence[Any]]]:
    """Return the selections of entries and, where they can answer, of the text."""
    parts = [_compiled(_entries(asked))]
    if _text_can_answer(asked):
        parts.append(_compiled(_clauses(asked)))
    return parts


def _compiled(rows: "QuerySet[Any, Any]") -> tuple[str, Sequence[Any]]:
    sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    return sql, list(parameters)


def _entries(asked: Asked) -> "QuerySet[Any, Any]":
    rows = SearchEntry.objects.filter(readable_entries(asked.reader)).order_by()
    if asked.behind:
        rows = rows.exclude(source__in=sorted(asked.behind))
    if asked.classes:
        rows = rows.filter(paper_class__in=asked.classes)
    if asked.categories:
        keys = [option.key for option in asked.categories]
        listed = EntryKey.objects.filter(kind=EntryKey.Kind.CATEGORY, key__in=keys)
        rows = rows.filter(pk__in=listed.order_by().values("entry"))
    if asked.as_at:
        rows = rows.filter(
            Q(day_from__isnull=True) | Q(day_from__lte=asked.as_at),
            Q(day_until__isnull=True) | Q(day_until__gt=asked.as_at),
        )
    rows = _within(rows, "day_from", asked)
    for term in asked.query.excluded:
        rows = rows.exclude(pk__in=_entries_with(term))
    rows, score = _joined(rows, asked, "entries_matching", "search_searchentry.id")
    return rows.annotate(scored=score).values_list(
        Value(ENTRY, CharField()), "kind", "pk", "scored", "day_from"
    )


def _entries_with(term: Term) -> RawSQL:
    words = LANGUAGES[connection.vendor].all_of([term])
    matching = f"SELECT id FROM ({ENTRIES_MATCHING[connection.vendor]}) matching"  # noqa: S608
    return RawSQL(matching, [words])  # noqa: S611 our own statement


def _joined(
    rows: "QuerySet[Any, Any]", asked: Asked, matching: str, column: str
) -> tuple["QuerySet[Any, Any]", Any]:
    """Return the rows that hold the words, and how well each of them does."""
    if not asked.query.required:
        return rows, Value(0.0, FloatField())
    joined = rows.extra(tables=[matching], where=[f"{matching}.id = {column}"])  # noqa: S610
    score = RawSQL(f"{matching}.score", [], output_field=FloatField())  # noqa: S611
    if matching != "entries_matching":
        return joined, score
    named = RawSQL(
        "CASE WHEN search_searchentry.id IN (SELECT entry_id FROM search_entrykey"
        " WHERE kind = %s AND key = %s) THEN %s ELSE 0 END",
        [EntryKey.Kind.NAME.value, folded_name(asked.text), _EXACT], output_field=FloatField(),
    )  # fmt: skip
    return joined, score * F("weight") + named


def _text_can_answer(asked: Asked) -> bool:
    """Say whether clauses can be among what was asked for: their class is the public one."""
    if not asked.classes:
        return True
    code = active_code()
    return any(
        code.option("paper_classes", key).text("reach") == Reach.ANYONE.value
        for key in asked.classes
    )


def _clauses(asked: Asked) -> Any:
    rows: Any = placements_on(asked.on).order_by()
    rows = _within(rows, "effective_from", asked)
    if asked.categories:
        # A clause is in a category's filter if it names the category as the text does.
        names = [word for option in asked.categories for word in names_in_text(option)]
        terms = [Term(tuple(words)) for name in names if (words := words_in(name))]
        rows = rows.filter(text__in=wordings_with(terms, all_of=False))
    for term in asked.query.excluded:
        rows = rows.exclude(text__in=wordings_with([term]))
    rows, score = _joined(rows, asked, "wordings_matching", "legaltext_placement.text_id")
    return rows.annotate(scored=score).values_list(
        Value(TEXT, CharField()), Value(CLAUSE, CharField()), "pk", "scored", "effective_from"
    )


def names_in_text(option: Any) -> tuple[str, ...]:
    """Return what the text calls a Party Category: the code's words for it, else its name."""
    return option.texts("text_words") or (option.name,)


def _within(rows: Any, column: str, asked: Asked) -> Any:
    start, until = asked.days
    if start:
        rows = rows.filter(**{f"{column}__gte": start})
    if until:
        rows = rows.filter(**{f"{column}__lt": until})
    return rows
