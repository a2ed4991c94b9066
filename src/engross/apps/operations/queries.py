"""What a deployment can say of itself."""

from typing import Any

from django.db import connection


def standing(cursor: Any) -> dict[str, Any]:
    """Return what the database of a cursor holds: migrations, rows of each table, audit's end.

    A full-text index counts as its own tables do. `audit_head` is the last link of the chain
    as `position:hash`.
    """
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    migrations = [list(row) for row in cursor.fetchall()]
    cursor.execute("SELECT id, hash FROM audit_event ORDER BY id DESC LIMIT 1")
    last = cursor.fetchone()
    return {
        "migrations": migrations,
        "rows": {table: _rows(cursor, table) for table in _tables(cursor)},
        "audit_head": f"{last[0]}:{last[1]}" if last else "",
    }


def _tables(cursor: Any) -> list[str]:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = [str(name) for (name,) in cursor.fetchall()]
    # SQLite's own tables count what the others hold.
    return sorted(name for name in found if not name.startswith("sqlite_"))


def _rows(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return int(cursor.fetchone()[0])
