"""What is dear to make is made once, whoever else asks for it meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.core.cache import caches

from engross.apps.reading.queries.keeping import Kept, shared
from engross.core.legaltext.terms.definitions import Definition, Scope
from tests.apps.reading.conftest import share_in

pytestmark = pytest.mark.once


def test_those_who_ask_at_once_wait_for_the_first():
    kept: Kept[str, list[int]] = Kept(2)
    begun, go_on, made = Event(), Event(), []

    def make() -> list[int]:
        begun.set()
        assert go_on.wait(10)
        made.append(1)
        return made

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(kept.made, "text", make)
        assert begun.wait(10)
        others = [pool.submit(kept.made, "text", make) for _ in range(2)]
        assert kept.made("another", lambda: [2]) == [2]
        go_on.set()
        assert {id(each.result(10)) for each in (first, *others)} == {id(made)}
    assert made == [1]


def test_what_could_not_be_made_is_tried_again_and_the_oldest_goes_first():
    kept: Kept[int, str] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.made(1, lambda: str(1 // 0))
    for number in (1, 2, 3):
        assert kept.made(number, lambda number=number: str(number)) == str(number)

    assert [kept.get(number) for number in (1, 2, 3)] == [None, "2", "3"]


def test_what_is_shared_is_read_as_it_was_written_and_made_again_where_it_cannot_be(
    settings: Any, tmp_path: Path
):
    share_in(settings, tmp_path)
    said = [Definition("Panel", 4, 1, 6, "full", Scope("Section D"), None)]

    assert shared("a", list[Definition], lambda: said) is said
    read = shared("a", list[Definition], lambda: pytest.fail("made again"))
    assert read == said
    assert isinstance(read[0].scope, Scope)
    for broken in (b"no such thing", b"x\x9c\x03\x00"):
        caches["read"].set("a", broken)
        assert shared("a", list[Definition], lambda: said) is said
    assert shared("a", list[str], lambda: ["another release"]) == ["another release"]
