"""The database that DATABASE_URL names, how long a connection to it is kept, and the caches."""

from pathlib import Path
from typing import Any

import environ

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
    "PRAGMA foreign_keys=ON; PRAGMA cache_size=-{kilobytes};"
)
CACHE_KILOBYTES = 20_000
# Each thread of the server has a connection of its own, and keeps its cache as long.
KEPT_CACHE_KILOBYTES = 8_000


def database_of(env: environ.Env, folder: Path) -> dict[str, Any]:
    """Return Django's settings for DATABASE_URL; SQLite in `folder` when it is not given.

    The server keeps its connections for ENGROSS_DATABASE_SECONDS: to open one takes longer than
    most pages do.
    """
    url = f"sqlite:///{folder / 'engross.sqlite3'}"
    settings: dict[str, Any] = dict(env.db_url("DATABASE_URL", default=url))
    seconds = env.int("ENGROSS_DATABASE_SECONDS", default=0)
    if str(settings["ENGINE"]).endswith("sqlite3"):
        kilobytes = KEPT_CACHE_KILOBYTES if seconds else CACHE_KILOBYTES
        settings["OPTIONS"] = {
            "timeout": 20,
            # A write that starts as a read and upgrades would fail under load.
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS.format(kilobytes=kilobytes),
        }
        return {**settings, "CONN_MAX_AGE": seconds}
    pool = env.bool("ENGROSS_DATABASE_POOL", default=False)
    settings["OPTIONS"] = {"pool": pool}
    # A pool keeps them itself. A server that was started anew is noticed before it is asked.
    return {**settings, "CONN_MAX_AGE": 0 if pool else seconds, "CONN_HEALTH_CHECKS": True}


def caches_of(env: environ.Env, folder: Path) -> dict[str, Any]:
    """Return Django's settings for the caches; those that are files lie in `folder`."""
    return {
        # Shared by all processes, because limits on signing in are counted in it; and large, so
        # that attempts under many names do not push out those that are being counted.
        "default": env.cache_url("CACHE_URL", default="dbcache://engross_cache?max_entries=100000"),
        # Each process's own: for what is dear to make and quickly out of date.
        "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        # Papers as they were drawn: large, dear to draw, and the same for every reader.
        "drawn": _files(folder / "drawn", most=400),
        # Documents of the text as they were written for reading, under the hash of their text.
        "read": _files(folder / "read", most=4_000),
    }


def _files(folder: Path, *, most: int) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": folder,
        "OPTIONS": {"MAX_ENTRIES": most},
    }
