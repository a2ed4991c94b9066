"""What a deployment can say of itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from prometheus_client.core import GaugeMetricFamily

from engross.apps.audit.queries import latest_event_id
from engross.apps.jobs.queries import backlog
from engross.apps.mail.queries import mail_counts


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


@dataclass
class Troubles:
    """What hinders serving, and what somebody should look at; each in a sentence."""

    hinder: list[str] = field(default_factory=list)
    warn: list[str] = field(default_factory=list)


def troubles(*, at: datetime) -> Troubles:
    """Return what is wrong with the deployment now; no word of it tells a secret."""
    found = Troubles()
    try:
        if _steps_missing():
            found.hinder.append("The database's tables are behind: run 'engross upgrade'")
        work = backlog()
        if not work.has_worker(at=at):
            found.warn.append("No worker was seen for a minute: run 'engross worker'")
        if work.failed:
            found.warn.append(f"{work.failed} tasks failed")
    except DatabaseError:
        found.hinder.append("The database does not answer")
    try:
        default_storage.exists("ready")
    except Exception:  # whatever a file store raises, it does not serve
        found.hinder.append("The file store does not answer")
    return found


def _steps_missing() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class Gauges:
    """How the deployment stands at a moment, for Prometheus: what is asked only when it asks."""

    def __init__(self, *, at: datetime) -> None:
        self.at = at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return a gauge for each thing worth an alarm."""
        work = backlog()
        oldest = (self.at - work.oldest_at).total_seconds() if work.oldest_at else 0.0
        tasks = GaugeMetricFamily("engross_tasks", "Background tasks by state.", labels=["state"])
        for state in ("waiting", "running", "failed"):
            tasks.add_metric([state], getattr(work, state))
        yield tasks
        yield GaugeMetricFamily(
            "engross_oldest_task_seconds", "For how long the oldest task waits.", value=oldest
        )
        yield GaugeMetricFamily(
            "engross_worker_alive", "1 if somebody does the tasks.",
            value=float(work.has_worker(at=self.at)),
        )  # fmt: skip
        mails = GaugeMetricFamily("engross_mails", "Mails by state.", labels=["state"])
        for state, count in sorted(mail_counts().items()):
            mails.add_metric([state], count)
        yield mails
        yield GaugeMetricFamily(
            "engross_events", "The position of the last event.", value=latest_event_id()
        )
