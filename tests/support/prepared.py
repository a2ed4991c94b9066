"""A database with tables and no rows, from which every database of the tests is copied.

To run all migrations costs a processor many seconds, and a copy costs none. On SQLite the
original is a file, kept until a migration changes; on PostgreSQL it is a database of the server.

A new deployment prepares its database by itself, before the first command that needs it: so is the
original made, and whether that works is looked at here.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

import engross.config  # noqa: F401  it brings the SQLite that the product has

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".pytest_cache" / "prepared"
OUTDATED_SECONDS = 24 * 3600
DATABASE = "engross_prepared"
MAKE = (sys.executable, "-m", "engross", "export", "parties", "--out", "-")


def prepared_file() -> Path:
    """Return the file of SQLite, made where the migrations have changed since the last."""
    path = KEPT / f"{_digest()}.sqlite3"
    KEPT.mkdir(parents=True, exist_ok=True)
    # Several runs begin at once; one makes it, and the others wait.
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for kept in KEPT.glob("*.sqlite3"):
                # Another run may be about to copy a younger one.
                if time.time() - kept.stat().st_mtime > OUTDATED_SECONDS:
                    kept.unlink()
            _make_file(path)
    return path


def connect(place: Path | str, **how: Any) -> Any:
    """Open a database with the SQLite that the product has."""
    import sqlite3  # only now, since engross.config replaces it

    return sqlite3.connect(place, **how)


@cache
def _digest() -> str:
    """Return the name of what the tables are made of."""
    made_of = [
        *(ROOT / "src").rglob("migrations/*.py"),
        ROOT / "src/engross/config/settings.py",
        ROOT / "requirements.lock",
    ]
    digest = sha256()
    for path in sorted(made_of):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _make_file(path: Path) -> None:
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    with (
        _set_up() as folder,
        closing(connect(folder / "engross.sqlite3")) as made,
        closing(connect(half)) as copy,
    ):
        made.backup(copy)
    half.rename(path)


@contextmanager
def _set_up(**environment: str) -> Iterator[Path]:
    """Ask a new deployment for something, and give the folder that it made and prepared."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("ENGROSS_", "DATABASE_", "DJANGO_"))}  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="engross-prepared-") as place:
        folder = Path(place) / "new" / "var"
        # Where no secret is given, keeping one would make the folder.
        told = {"ENGROSS_VAR": str(folder), "ENGROSS_SECRET_KEY": "given", **environment}
        done = subprocess.run(
            MAKE, env=kept | told, cwd=ROOT, capture_output=True, check=False, text=True
        )
        assert done.returncode == 0, done.stderr
        assert "Preparing the database" in done.stderr
        assert done.stdout.startswith("\ufeffparty,legal_name")
        yield folder


def fill(target: Any) -> None:
    """Copy the prepared file into an open connection of SQLite."""
    with closing(connect(prepared_file())) as prepared:
        prepared.backup(target)


def copy_file(path: Path) -> Path:
    """Write a copy of SQLite's file to a path, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(prepared_file(), path)
    return path


def prepared_database(server: str) -> str:
    """Return the name of PostgreSQL's prepared database, made where the server has none."""
    name = f"{DATABASE}_{_digest()}"
    asked = "SELECT 1 FROM pg_database WHERE datname = %s"
    with psycopg.connect(f"{server}/postgres") as connection:
        is_there = connection.execute(asked, [name]).fetchone()
    if not is_there:
        make_database(name, server)
        with _set_up(DATABASE_URL=f"{server}/{name}"):
            pass
    return name


def make_database(name: str, server: str, *, copied_from: str = "") -> None:
    """Make a database of PostgreSQL's, empty or a copy; what bears the name goes."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        named, original = sql.Identifier(name), sql.Identifier(copied_from or "template1")
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(named))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(named, original))
