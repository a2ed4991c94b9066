"""Coming back from a backup: into an empty place, proved before it counts."""

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from engross.adapters.backups import Backup, opened_backup
from engross.apps.audit.queries import faults_of_audit
from engross.apps.operations.commands.backing_up import DATABASE, FILES, TABLES, copied_columns
from engross.apps.operations.queries import standing
from engross.core.refusals import Reason, Refused


def restore_backup(path: Path) -> dict[str, Any]:
    """Fill an empty database and file store from a backup, and return its manifest's facts.

    Afterwards every table has the rows that the manifest counts and the audit's chain holds and
    ends where it did. Tables of an older version are then brought up to this one.

    Raises Refused if the backup is not whole, is of another code, database or a later version,
    or if there is anything in the place to be filled; then nothing was changed.
    """
    with opened_backup(path) as backup:
        _refuse_what_does_not_fit(backup)
        _refuse_a_filled_place()
        if backup.manifest["database"] == "postgresql":
            _restore_tables(backup)
        else:
            _restore_sqlite(backup)
        for name in backup.names:
            if name.startswith(FILES):
                _restore_file(backup, name)
    _bring_up_to_date()
    return backup.manifest


def _refuse_what_does_not_fit(backup: Backup) -> None:
    told = backup.manifest
    # Asking the loader without a connection: opening a database that is not there makes it.
    known = set(MigrationLoader(None).disk_migrations)
    reasons = []
    if told["code"] != settings.ENGROSS_CODE:
        what = f"The backup is of the code {told['code']}, this deployment runs"
        reasons.append(Reason(f"{what} {settings.ENGROSS_CODE}", "Set ENGROSS_CODE to it"))
    if told["database"] != connection.vendor:
        what = f"The backup is of {told['database']}, DATABASE_URL names {connection.vendor}"
        reasons.append(Reason(what, "Restore it into a database of its own kind"))
    later = [f"{app}.{name}" for app, name in told["migrations"] if (app, name) not in known
             and app in {each for each, _ in known}]  # fmt: skip
    if later:
        what = f"The backup is of a later version: it has {', '.join(later[:3])}"
        reasons.append(Reason(what, "Install that version first"))
    if reasons:
        raise Refused(reasons)


def _refuse_a_filled_place() -> None:
    if connection.vendor == "postgresql":
        filled = bool(connection.introspection.table_names())
    else:
        file = Path(str(connection.settings_dict["NAME"]))
        there = connection.is_in_memory_db() or file.exists()  # type: ignore[attr-defined]
        filled = there and bool(connection.introspection.table_names())
    if filled:
        remedy = "Name an empty one in DATABASE_URL or ENGROSS_VAR, or move this one away"
        raise Refused(Reason("There is something in this database already", remedy))


def _restore_sqlite(backup: Backup) -> None:
    """Put the database in its place in one step, and take it away again if it does not hold."""
    file = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.restoring")
    try:
        with backup.open(DATABASE) as source, beside.open("wb") as target:
            shutil.copyfileobj(source, target)
        for rest in ("-wal", "-shm"):
            file.with_name(file.name + rest).unlink(missing_ok=True)
        beside.replace(file)
        try:
            _prove(backup)
        except BaseException:
            connection.close()
            file.unlink()
            raise
    finally:
        beside.unlink(missing_ok=True)


def _restore_tables(backup: Backup) -> None:
    _make_tables(backup)
    try:
        with transaction.atomic():
            _fill_tables(backup)
            _prove(backup)
    except BaseException:
        _remove_tables()
        raise


def _make_tables(backup: Backup) -> None:
    """Make the tables as they were: by the migrations that had been applied then, and no later."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    recorded = {(app, name) for app, name in backup.manifest["migrations"]} & set(graph.nodes)
    before = {parent.key for node in recorded for parent in graph.node_map[node].parents}
    executor.migrate(sorted(recorded - before))


def _fill_tables(backup: Backup) -> None:
    tables: dict[str, list[str]] = backup.manifest["columns"]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        # What the migrations themselves put there is in the backup too.
        cursor.execute(f"TRUNCATE {', '.join(quote(each) for each in tables)}")
        for table, columns in tables.items():
            if columns != copied_columns(table):
                what = f"The table {table} has other columns than when the backup was made"
                raise Refused(Reason(what, "Install the version that made the backup"))
            named = ", ".join(quote(each) for each in columns)
            statement = f"COPY {quote(table)} ({named}) FROM STDIN"
            with backup.open(f"{TABLES}{table}.copy") as source, cursor.copy(statement) as copy:
                while chunk := source.read(1024 * 1024):
                    copy.write(chunk)
        for statement in _sequence_resets(tables):
            cursor.execute(statement)


def _sequence_resets(tables: Collection[str]) -> list[str]:
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    filled = [model for model in models if model._meta.db_table in tables]
    return connection.ops.sequence_reset_sql(no_style(), filled)


def _remove_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _prove(backup: Backup) -> None:
    """Compare what now stands there with what the manifest counts, and check the audit's chain."""
    told = backup.manifest
    with connection.cursor() as cursor:
        found = standing(cursor)
    wrong = [
        f"{table} has {rows:,} rows, not {told['rows'].get(table, 0):,}"
        for table, rows in found["rows"].items()
        if rows != told["rows"].get(table, 0)
    ]
    if found["audit_head"] != told["audit_head"]:
        wrong.append(f"The audit ends at {found['audit_head'][:24]}, not {told['audit_head'][:24]}")
    wrong += [str(fault) for fault in faults_of_audit()]
    if wrong:
        raise Refused([Reason(each, "Take another backup") for each in wrong[:20]])


def _restore_file(backup: Backup, name: str) -> None:
    kept = name.removeprefix(FILES)
    if default_storage.exists(kept):
        default_storage.delete(kept)
    with backup.open(name) as source:
        default_storage.save(kept, File(source))


def _bring_up_to_date() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
