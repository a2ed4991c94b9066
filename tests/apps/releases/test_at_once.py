"""Two who work on one release at the same moment, on a server that lets them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections

from engross.apps.accounts.models import User
from engross.apps.legaltext.queries import text_editions
from engross.apps.releases.commands import (
    compose_release,
    part_change_set,
    publish_composition,
    resolve_conflict,
    save_change_set,
    withdraw_composition,
)
from engross.apps.releases.models import ChangeSet, Composition, ConflictResolution
from engross.core.refusals import Refused
from tests.support.composing import AT, DAY, drafted, published, released, reworded, saved

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="needs a database server"),
]
LATER = AT + timedelta(days=10)
EFFECTIVE = DAY + timedelta(days=60)


def _at_once(do: Callable[[int], object]) -> list[str]:
    """Do something twice at the same moment; return what each was told, '' where it was done."""
    start = Barrier(2)

    def one(which: int) -> str:
        try:
            start.wait(timeout=20)
            do(which)
        except Refused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


def _people() -> list[User]:
    return [User.objects.create_user(f"{name}@example.org") for name in ("one", "other")]


def _composed() -> Composition:
    published()
    saved("weekly", "D2", "The Panel shall meet every week.")
    saved("yearly", "D2", "The Panel shall meet every year.")
    return compose_release(released(), ["weekly", "yearly"], base_version="46.0", by=None, at=LATER)


def test_two_who_compose_make_two_compositions_one_after_the_other() -> None:
    _composed()
    told = _at_once(lambda which: compose_release(
        "November 2021", ["weekly", "yearly"], base_version="46.0", by=None, at=LATER))  # fmt: skip
    assert told == ["", ""]
    assert list(Composition.objects.order_by("number").values_list("number", flat=True)) == [
        1,
        2,
        3,
    ]


def test_of_two_who_decide_one_conflict_the_later_stands_and_both_are_kept() -> None:
    made, people = _composed(), _people()
    conflict = made.conflicts.get().conflict
    told = _at_once(lambda which: resolve_conflict(
        made.pk, conflict, take="side", side=("weekly", "yearly")[which], reason="Because",
        by=people[which], at=LATER + timedelta(seconds=which)))  # fmt: skip
    assert told == ["", ""]
    assert ConflictResolution.objects.count() == 2
    assert ConflictResolution.objects.filter(superseded_at__isnull=True).count() == 1
    made.refresh_from_db()
    assert made.conflicts_left == 0


def test_of_two_who_publish_one_composition_one_is_told_and_it_is_published_once() -> None:
    made, people = _composed(), _people()
    resolve_conflict(made.pk, made.conflicts.get().conflict, take="base", reason="Neither",
                     by=people[0], at=LATER)  # fmt: skip
    told = _at_once(lambda which: publish_composition(
        made.pk, ("47.0", "47.1")[which], effective_on=EFFECTIVE, on=LATER.date(),
        by=people[which], at=LATER))  # fmt: skip
    assert sorted(map(bool, told)) == [False, True]
    assert any("is published as version 47" in each for each in told)
    assert len(text_editions()) == 2
    made.refresh_from_db()
    again = _at_once(lambda which: withdraw_composition(
        made.pk, reason="Late", by=people[which], on=LATER.date(),
        at=LATER + timedelta(hours=1)))  # fmt: skip
    assert sorted(map(bool, again)) == [False, True]
    assert len(text_editions()) == 1


def test_of_two_who_part_a_set_one_is_told() -> None:
    published()
    both = drafted("whole", lambda code: reworded(reworded(code, "D1", "One."), "E1", "Two."))
    save_change_set("whole", both, base_version="46.0", by=None, at=AT)
    people = _people()
    told = _at_once(lambda which: part_change_set(
        "whole", [1, 2], seen=1, by=people[which], at=LATER))  # fmt: skip
    assert sorted(map(bool, told)) == [False, True]
    assert ChangeSet.objects.filter(part_of__isnull=False).count() == 2
