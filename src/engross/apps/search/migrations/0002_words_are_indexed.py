"""The full-text index over the entries, which the database itself keeps in step.

As with the wordings of the text: on SQLite an FTS5 table filled by triggers, on PostgreSQL a
column that is always made from the others, under a GIN index.
"""

from django.db import migrations

# A tsvector holds at most 1 MB, whatever the text: what lies beyond this is not found by words.
INDEXED_CHARACTERS = 200_000

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        title, body, content='search_searchentry', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER search_words_added AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_words(rowid, title, body) VALUES (new.id, new.title, new.body);
    END
    """,
    """
    CREATE TRIGGER search_words_gone AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_words(search_words, rowid, title, body)
        VALUES ('delete', old.id, old.title, old.body);
    END
    """,
    """
    CREATE TRIGGER search_words_changed AFTER UPDATE OF title, body ON search_searchentry BEGIN
        INSERT INTO search_words(search_words, rowid, title, body)
        VALUES ('delete', old.id, old.title, old.body);
        INSERT INTO search_words(rowid, title, body) VALUES (new.id, new.title, new.body);
    END
    """,
    "INSERT INTO search_words(search_words) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER search_words_added",
    "DROP TRIGGER search_words_gone",
    "DROP TRIGGER search_words_changed",
    "DROP TABLE search_words",
]


def _words_of(column, weight):
    alike = f"regexp_replace(left({column}, {INDEXED_CHARACTERS}), '[^[:alnum:]]+', ' ', 'g')"
    return f"setweight(to_tsvector('engross', {alike}), '{weight}')"


POSTGRESQL = [
    f"""
    ALTER TABLE search_searchentry ADD COLUMN words tsvector GENERATED ALWAYS AS (
        {_words_of("title", "A")} || {_words_of("body", "D")}
    ) STORED
    """,
    "CREATE INDEX search_words ON search_searchentry USING gin (words)",
]
POSTGRESQL_BACK = [
    "DROP INDEX search_words",
    "ALTER TABLE search_searchentry DROP COLUMN words",
]


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def make_index(apps, schema_editor):
    """Make the index, with the entries that are there."""
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def drop_index(apps, schema_editor):
    """Drop the index."""
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_what_can_be_found"),
        # Which gives PostgreSQL the language of the index.
        ("legaltext", "0005_words_are_one_language"),
    ]
    operations = [migrations.RunPython(make_index, drop_index)]
