"""The pictures of the docs are taken of a site, at the widths asked for."""

import struct
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.support.browser import WHY_NONE, find_chromium
from tools import pictures

LIST = """
[[picture]]
name = "wide"
path = "/page.html"
width = 800
height = 300
phone = true

[[picture]]
name = "whole"
path = "/page.html"
width = 390
"""


def size_of(png):
    return struct.unpack(">II", png.read_bytes()[16:24])


@contextmanager
def serving(folder):
    """Serve a folder for the block, and give its address."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder)
    )
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.browser
def test_pictures_have_the_sizes_that_the_list_asks_for(tmp_path):
    if find_chromium() is None:
        pytest.skip(WHY_NONE)
    (tmp_path / "page.html").write_text("<!doctype html><div style='height:2000px'>tall</div>")
    (tmp_path / "pictures.toml").write_text(LIST)
    # In a thread of its own, since a journey's Playwright may hold this one.
    with ThreadPoolExecutor() as thread:
        taken = thread.submit(pictures.main, [], tmp_path, partial(serving, tmp_path))
        assert taken.result() == 0
    assert size_of(tmp_path / "wide.png") == (800, 300)
    assert size_of(tmp_path / "wide-phone.png") == (390, 844)
    width, height = size_of(tmp_path / "whole.png")
    assert width == 390
    assert height > 2000


def test_the_docs_show_every_picture_that_is_taken():
    told = (pictures.ROOT / "README.md").read_text(encoding="utf-8")
    told += (pictures.FOLDER / "README.md").read_text(encoding="utf-8")
    taken = [f"{each.name}.png" for each in pictures.wanted(pictures.FOLDER)]

    assert [name for name in taken if f"{name})" not in told] == []
    assert sorted(taken) == sorted(each.name for each in pictures.FOLDER.glob("*.png"))
