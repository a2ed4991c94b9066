"""The full-text index over the wordings, which the database itself keeps in step.

On SQLite an FTS5 table without a copy of the texts, filled by triggers; on PostgreSQL a column
that is always made from the others, under a GIN index. Neither can be forgotten by a command.
"""

from django.db import migrations

# A tsvector holds at most 1 MB, whatever the text: what lies beyond this is not found by words.
INDEXED_CHARACTERS = 200_000

SQLITE = [
    """
    CREATE VIRTUAL TABLE legaltext_words USING fts5(
        heading, text, cells, content='legaltext_provisiontext', content_rowid='id',
        tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER legaltext_words_added AFTER INSERT ON legaltext_provisiontext BEGIN
        INSERT INTO legaltext_words(rowid, heading, text, cells)
        VALUES (new.id, new.heading, new.text, new.cells);
    END
    """,
    # Texts are never changed; a row goes only where tests empty the tables.
    """
    CREATE TRIGGER legaltext_words_gone AFTER DELETE ON legaltext_provisiontext BEGIN
        INSERT INTO legaltext_words(legaltext_words, rowid, heading, text, cells)
        VALUES ('delete', old.id, old.heading, old.text, old.cells);
    END
    """,
    "INSERT INTO legaltext_words(legaltext_words) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER legaltext_words_added",
    "DROP TRIGGER legaltext_words_gone",
    "DROP TABLE legaltext_words",
]
POSTGRESQL = [
    f"""
    ALTER TABLE legaltext_provisiontext ADD COLUMN words tsvector GENERATED ALWAYS AS (
        to_tsvector('english',
            left(coalesce(heading, '') || ' ' || text || ' ' || cells, {INDEXED_CHARACTERS}))
    ) STORED
    """,
    "CREATE INDEX legaltext_words ON legaltext_provisiontext USING gin (words)",
]
POSTGRESQL_BACK = [
    "DROP INDEX legaltext_words",
    "ALTER TABLE legaltext_provisiontext DROP COLUMN words",
]


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def make_index(apps, schema_editor):
    """Make the index, with the texts that are there."""
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def drop_index(apps, schema_editor):
    """Drop the index."""
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


class Migration(migrations.Migration):
    dependencies = [("legaltext", "0002_text_is_stored")]
    operations = [migrations.RunPython(make_index, drop_index)]
