"""Writing a backup: the database as at one moment, and the stored files."""

import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction

from engross.adapters.backups import BackupWriter, new_backup
from engross.apps.files.queries import stored_names
from engross.apps.operations.queries import standing

DATABASE = "database.sqlite3"
TABLES = "tables/"
FILES = "files/"


def write_backup(path: Path, *, at: datetime) -> dict[str, Any]:
    """Write database and stored files to one file and return its manifest's facts.

    The database is taken as at one moment, while others go on writing. Files that come while the
    backup is made may be in it without their row, never the other way round. The secret key is
    not in it: keep it apart.

    Raises FileExistsError if there is a file of that name.
    """
    about: dict[str, Any] = {
        "made_at": at.isoformat(),
        "code": settings.ENGROSS_CODE,
        "database": connection.vendor,
    }
    with new_backup(path, about) as writer:
        if connection.vendor == "postgresql":
            _add_tables(writer, about)
        else:
            _add_sqlite(writer, about)
        for name in stored_names():
            with default_storage.open(name) as source:
                writer.add(FILES + name, source)
    return about


def _add_sqlite(writer: BackupWriter, about: dict[str, Any]) -> None:
    """Add a copy that SQLite makes in one step, and tell of the copy what is in it."""
    name = str(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory(prefix="engross-backup-") as folder:
        copied = Path(folder) / DATABASE
        # A connection of its own: one that is writing could not be copied.
        with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(copied)) as target:
            source.backup(target)
            about.update(standing(target.cursor()))
        with copied.open("rb") as stream:
            writer.add(DATABASE, stream)


def _add_tables(writer: BackupWriter, about: dict[str, Any]) -> None:
    """Add every table as PostgreSQL copies it, all of them as at one moment."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        about.update(standing(cursor))
        about["columns"] = {}
        for table in sorted(about["rows"]):
            columns = copied_columns(table)
            about["columns"][table] = columns
            named = ", ".join(connection.ops.quote_name(each) for each in columns)
            source = connection.ops.quote_name(table)
            statement = f"COPY (SELECT {named} FROM {source}) TO STDOUT"  # noqa: S608
            with writer.entry(f"{TABLES}{table}.copy") as target, cursor.copy(statement) as rows:
                for chunk in rows:
                    target.write(chunk)


def copied_columns(table: str) -> list[str]:
    """Return the columns of a PostgreSQL table that are stored, not generated from others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]
