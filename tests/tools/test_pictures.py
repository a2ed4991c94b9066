"""The pictures of the docs are taken from a running server, at the width asked for."""

import struct
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.browser import WHY_NONE, find_chromium
from tools import pictures

LIST = """
[[picture]]
name = "wide"
path = "/page.html"
width = 800
height = 300

[[picture]]
name = "whole"
path = "/page.html"
width = 390
"""


def size_of(png):
    return struct.unpack(">II", png.read_bytes()[16:24])


@pytest.mark.browser
def test_pictures_have_the_sizes_that_the_list_asks_for(tmp_path):
    if find_chromium() is None:
        pytest.skip(WHY_NONE)
    (tmp_path / "page.html").write_text("<!doctype html><div style='height:2000px'>tall</div>")
    (tmp_path / "pictures.toml").write_text(LIST)
    server = [sys.executable, "-m", "http.server", "{port}", "--bind", "127.0.0.1"]
    # In a thread of its own, since a journey's Playwright may hold this one.
    with ThreadPoolExecutor() as thread:
        command = [*server, "--directory", str(tmp_path)]
        assert thread.submit(pictures.main, tmp_path, command).result() == 0
    assert size_of(tmp_path / "wide.png") == (800, 300)
    width, height = size_of(tmp_path / "whole.png")
    assert width == 390
    assert height > 2000


def test_a_server_that_ends_at_once_is_told(tmp_path):
    with (
        pytest.raises(RuntimeError, match="does not serve"),
        pictures.served([sys.executable, "-c", "pass"]),
    ):
        pass
