"""The demonstrations' records, each in a database of its own that a run of tests makes once.

The tests' own database is empty. To take in a demonstration costs seconds, so that the files of
tests which need one share it: while it is `shown`, Django's connection leads there. Whoever
changes something does it in a transaction that is rolled back, as every test does.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.test import override_settings

from engross.apps.registers.commands import import_sheets
from engross.apps.search.commands import refresh
from engross.cli.demo import REPOSITORY, sheets_of, take_in_text
from engross.cli.stories import tell
from tests.support.prepared import copy_file, make_database, prepared_database

TAKEN_IN_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class Demonstrations:
    """What was taken in so far: a file of SQLite, or a database of the PostgreSQL server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: dict[str, str] = {}

    @contextmanager
    def shown(self, code: str) -> Iterator[str]:
        """Let the connection lead to a code's demonstration, which is made where it is not."""
        name = self.made.get(code) or self._empty_copy(code)
        with _connected_to(name), override_settings(ENGROSS_CODE=code):
            if code not in self.made:
                take_in(code)
                self.made[code] = name
            yield code

    def _empty_copy(self, code: str) -> str:
        if connection.vendor == "sqlite":
            return str(copy_file(self.folder / f"{code}.sqlite3"))
        name = f"engross_demonstration_{code}"
        server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        make_database(name, server, copied_from=prepared_database(server))
        return name


def take_in(code: str) -> None:
    """Take in a code's demonstration: its records, text and story, and all into the search."""
    folder = REPOSITORY / "demo" / code
    import_sheets(sheets_of(folder), by=None, at=TAKEN_IN_AT)
    take_in_text(code)
    tell(folder, on=TAKEN_IN_AT.date())
    refresh()


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    """Let Django's connection lead to another database until the block ends."""
    kept, original = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, name
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = kept, original
