"""What is dear to make is made once, whoever else asks for it meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from engross.apps.reading.queries.keeping import Kept

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
