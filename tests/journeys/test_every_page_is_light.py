"""Each main page weighs under 100 kB as it travels: its words, style, scripts and typeface."""

import gzip
import re
import urllib.request
from functools import cache

import brotli
import pytest

MOST_BYTES = 100_000
MAIN_PAGES = (
    "/", "/code/", "/code/section/D/10.5/", "/code/terms/", "/code/obligations/large-suppliers/",
    "/code/compare/1.0/3.2/", "/code/section/D/changes/", "/search/?q=meter", "/proposals/",
    "/proposals/MP078/", "/parties/", "/registers/", "/registers/market-entry/", "/meetings/",
    "/reports/operations-report/2021-09/", "/change-sets/readiness-for-migration/",
    "/api/v1/docs", "/bulk/", "/register/", "/accounts/login/", "/design",
)  # fmt: skip
PARTS = re.compile(r'(?:href|src)="((?:/static/|/theme)[^"]+\.(?:css|js|ttf)(?:\?[^"]*)?)"')
DOCUMENTS = re.compile(r'href="(/code/(?:section|appendix|schedule)/[^/"]+/)"')


@cache
def weight_of_part(address: str) -> int:
    """Return the bytes of a style, script or typeface as `engross upgrade` packs it."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        return len(brotli.compress(answer.read()))


def weighed(site: str, path: str) -> tuple[int, str]:
    """Return what a page weighs with its parts, and its words."""
    request = urllib.request.Request(f"{site}{path}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.headers["Content-Encoding"] == "gzip", path
        sent = answer.read()
    words = gzip.decompress(sent).decode()
    parts = set(PARTS.findall(words))
    assert any(part.endswith(".css") for part in parts), path
    return len(sent) + sum(weight_of_part(site + part) for part in parts), words


@pytest.mark.parametrize("path", MAIN_PAGES)
def test_a_main_page_is_light(site, path):
    weight, _ = weighed(site, path)
    assert weight < MOST_BYTES


def test_every_document_of_the_code_is_light(site):
    _, contents = weighed(site, "/code/")
    found = sorted(set(DOCUMENTS.findall(contents)))
    assert "/code/section/D/" in found
    heavy = {path: weight for path in found if (weight := weighed(site, path)[0]) >= MOST_BYTES}
    assert not heavy
