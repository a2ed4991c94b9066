"""PostgreSQL takes words as SQLite does: each run of letters and digits, 'not' and 'the' too.

Its own configuration reads 'D7.2' as the name of a computer and forgets little words, of which
legal text is made. Words of a heading count more than those of a text.
"""

from django.db import migrations

INDEXED_CHARACTERS = 200_000
WORDS = "asciiword, asciihword, hword_asciipart, word, hword, hword_part"


def _words_of(expression: str, weight: str) -> str:
    alike = f"regexp_replace(left({expression}, {INDEXED_CHARACTERS}), '[^[:alnum:]]+', ' ', 'g')"
    return f"setweight(to_tsvector('engross', {alike}), '{weight}')"


LANGUAGE = [
    "CREATE TEXT SEARCH DICTIONARY engross_stem (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION engross (COPY = english)",
    f"ALTER TEXT SEARCH CONFIGURATION engross ALTER MAPPING FOR {WORDS} WITH engross_stem",
]
LANGUAGE_BACK = [
    "DROP TEXT SEARCH CONFIGURATION engross",
    "DROP TEXT SEARCH DICTIONARY engross_stem",
]
COLUMN = [
    "DROP INDEX legaltext_words",
    "ALTER TABLE legaltext_provisiontext DROP COLUMN words",
    f"""
    ALTER TABLE legaltext_provisiontext ADD COLUMN words tsvector GENERATED ALWAYS AS (
        {_words_of("coalesce(heading, '')", "A")} || {_words_of("text || ' ' || cells", "D")}
    ) STORED
    """,
    "CREATE INDEX legaltext_words ON legaltext_provisiontext USING gin (words)",
]
COLUMN_BACK = [
    "DROP INDEX legaltext_words",
    "ALTER TABLE legaltext_provisiontext DROP COLUMN words",
    f"""
    ALTER TABLE legaltext_provisiontext ADD COLUMN words tsvector GENERATED ALWAYS AS (
        to_tsvector('english',
            left(coalesce(heading, '') || ' ' || text || ' ' || cells, {INDEXED_CHARACTERS}))
    ) STORED
    """,
    "CREATE INDEX legaltext_words ON legaltext_provisiontext USING gin (words)",
]


def make_alike(apps, schema_editor):
    """Give PostgreSQL the language of the index, and make its words anew."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in [*LANGUAGE, *COLUMN]:
            schema_editor.execute(statement)


def make_as_before(apps, schema_editor):
    """Make PostgreSQL's words as they were."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in [*COLUMN_BACK, *LANGUAGE_BACK]:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("legaltext", "0004_what_has_to_be_said_of_the_text")]
    operations = [migrations.RunPython(make_alike, make_as_before)]
