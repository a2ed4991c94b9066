"""A minute of readers on the site at the size of the BSC, on the database of DATABASE_URL.

    python -m benchmarks.site_load

builds the site, prints what its clients saw, and last all of it as one line of JSON.
"""

import json
import os
from dataclasses import asdict

from benchmarks.bsc_site import VERSIONS, built_site
from benchmarks.load import CLIENTS, WORKERS, Load, under_load

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


def loaded() -> Load:
    """Return what the clients of a minute saw, and print it."""
    environment = built_site()
    from django.db import connection

    load = under_load(MIX, environment, seconds=SECONDS)
    print(f"  {connection.vendor}, {CLIENTS} clients, {SECONDS:.0f} s, {WORKERS} workers: {load}")
    for each in sorted(set(load.wrong))[:5]:
        print(f"    {each}")
    return load


def main() -> None:
    """Build, load and tell."""
    import django

    django.setup()
    print(json.dumps(asdict(loaded())))


if __name__ == "__main__":
    main()
