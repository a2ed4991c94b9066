"""The site at the size of the BSC: pages of the text in CPU, and a minute under load."""

import os
from collections.abc import Mapping
from functools import cache
from tempfile import TemporaryDirectory

from benchmarks import NotMeasured, bench_pages, benchmark, cpu_milliseconds
from benchmarks.bsc_site import OPEN_PROPOSALS, VERSIONS, built_site
from benchmarks.copying import copy_to
from benchmarks.load import CLIENTS, WORKERS, Load, under_load
from tests.support.postgres import NoPostgres, throwaway_postgres

SECONDS = float(os.environ.get("ENGROSS_LOAD_SECONDS", "60"))
MIDDLE, LONG = "/code/section/B/", "/code/section/C/"
# What a day's readers ask for: mostly pages, some files for programs, some searches.
MIX = (
    "/", "/code/", MIDDLE, LONG, "/code/appendix/7/", "/code/appendix/99/2020-06-30/",
    "/code/section/D/1/", "/code/terms/", "/proposals/", "/proposals/MP101/", "/parties/",
    "/parties/P0100/", "/search/?q=invoice", '/search/?q="reasonable+steps"',
    f"/code/compare/{VERSIONS - 1}.0/{VERSIONS}.0/?document=section/D", "/api/v1/proposals",
    "/api/v1/code/documents", "/proposals/feed.atom", "/registers/proposal-stages/",
)  # fmt: skip


def _cpu(address: str, *, is_cold: bool = False, repeat: int = 20) -> float:
    built_site()
    from django.core.cache import caches

    from engross.apps.reading.views.document_parts import forget_parts
    from engross.apps.reading.views.kept_pages import forget_pages

    ask = bench_pages.asking(address)

    def cold() -> None:
        for name in caches.settings:
            caches[name].clear()
        forget_pages()
        forget_parts()
        ask()

    return cpu_milliseconds(cold if is_cold else ask, repeat=repeat)


@benchmark("document of 500 provisions, its page not kept", unit="ms", budget=40)
def middle_cold() -> float:
    """Return milliseconds of CPU for its page, its text made anew; the layers are worked out."""
    return _cpu(MIDDLE, is_cold=True, repeat=5)


@benchmark("document of 500 provisions, from what is kept", unit="ms", budget=5)
def middle_warm() -> float:
    """Return milliseconds of CPU for its page once it was shown."""
    return _cpu(MIDDLE)


@benchmark("document of 500 provisions, by a process that just started", unit="ms", budget=40)
def middle_started() -> float:
    """Return milliseconds of CPU for a page that another process made, once all is imported."""
    built_site()
    from django.conf import settings
    from django.test import override_settings

    from engross.apps.reading.queries import open_changes
    from engross.apps.reading.views.document_parts import forget_parts
    from engross.apps.reading.views.kept_pages import forget_pages

    ask = bench_pages.asking(MIDDLE)

    def started() -> None:
        open_changes.forget_changes()
        forget_pages()
        forget_parts()
        ask()

    with TemporaryDirectory(prefix="engross-bench-") as folder:
        files = "django.core.cache.backends.filebased.FileBasedCache"
        caches = {**settings.CACHES, "read": {"BACKEND": files, "LOCATION": folder}}
        with override_settings(CACHES=caches):
            return cpu_milliseconds(started, repeat=5)


@benchmark("document of 1,500 provisions, its page not kept", unit="ms", budget=120)
def long_cold() -> float:
    """Return milliseconds of CPU for its page, its text made anew; the layers are worked out."""
    return _cpu(LONG, is_cold=True, repeat=5)


@benchmark("two versions of a document compared, a page", unit="ms", budget=300)
def compared() -> float:
    """Return milliseconds of CPU for the comparison of a document over 49 versions, in memory."""
    return _cpu(f"/code/compare/1.0/{VERSIONS}.0/?document=section/C", is_cold=True, repeat=5)


@benchmark("search of the whole code", unit="ms", budget=20)
def searched() -> float:
    """Return milliseconds of CPU for a page of hits."""
    return _cpu("/search/?q=invoice")


@benchmark("home, over the whole code", unit="ms", budget=15)
def home() -> float:
    """Return milliseconds of CPU for the home page."""
    return _cpu("/")


@benchmark(f"document with two of {OPEN_PROPOSALS} proposals switched on", unit="ms", budget=300)
def switched() -> float:
    """Return milliseconds of CPU for a document with two change sets, merged once before."""
    return _cpu(f"{MIDDLE}?with=mp100-change,mp105-change", is_cold=True, repeat=5)


def loaded(database: str, environment: Mapping[str, str]) -> Load:
    """Return what the clients of a minute saw of a site, and print it."""
    load = under_load(MIX, environment, seconds=SECONDS)
    print(f"  {database}, {CLIENTS} clients, {SECONDS:.0f} s, {WORKERS} workers: {load}")
    for each in sorted(set(load.wrong))[:5]:
        print(f"    {each}")
    return load


@cache
def _load() -> Load:
    from django.db import connection

    return loaded(connection.vendor, built_site())


@cache
def _postgres_load() -> Load:
    """Return what the clients saw of the same records on a throw-away PostgreSQL."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        raise NotMeasured("the load above is PostgreSQL's")
    environment = built_site()
    try:
        with throwaway_postgres() as url:
            copy_to(url)
            return loaded("postgresql", {**environment, "DATABASE_URL": url})
    except NoPostgres as problem:
        raise NotMeasured(f"no PostgreSQL: {problem}") from problem


@benchmark("load: an answer within which 95 % came, 8 clients", unit="ms", budget=500)
def load_p95() -> float:
    """Return milliseconds on the clock, a mix of pages asked for a minute."""
    return _load().quantile(0.95)


@benchmark("load: answers that were not 200", unit="answers", budget=0)
def load_wrong() -> float:
    """Return how many requests failed."""
    return len(_load().wrong)


@benchmark("load: memory that the workers gained", unit="MB", budget=60)
def load_memory() -> float:
    """Return how much more memory the workers hold at the end of the minute than before it."""
    return _load().gained_mb


@benchmark("load: CPU of the workers for an answer", unit="ms", budget=20)
def load_cpu() -> float:
    """Return milliseconds of CPU of the workers for each answer of the mix, packed and sent."""
    return _load().cpu_milliseconds


@benchmark("load on PostgreSQL: CPU of the workers for an answer", unit="ms", budget=20)
def postgres_load_cpu() -> float:
    """Return milliseconds of CPU of the workers for each answer of the same mix."""
    return _postgres_load().cpu_milliseconds


@benchmark("load on PostgreSQL: an answer within which 95 % came", unit="ms", budget=500)
def postgres_load_p95() -> float:
    """Return milliseconds on the clock, the same mix asked for a minute."""
    return _postgres_load().quantile(0.95)


@benchmark("load on PostgreSQL: answers that were not 200", unit="answers", budget=0)
def postgres_load_wrong() -> float:
    """Return how many requests failed."""
    return len(_postgres_load().wrong)


@benchmark("load on PostgreSQL: memory that the workers gained", unit="MB", budget=60)
def postgres_load_memory() -> float:
    """Return how much more memory the workers hold at the end of the minute than before it."""
    return _postgres_load().gained_mb
