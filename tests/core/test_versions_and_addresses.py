"""Which version of a code is in force, and how a key stands in an address."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.versions import (
    Standing,
    VersionDays,
    in_force_on,
    number_order,
    standing_of,
)
from engross.core.registers.addresses import address_of, keys_at, nearest_keys

OLD = VersionDays("9.0", date(2021, 9, 1))
NEW = VersionDays("10.0", date(2021, 9, 22), date(2021, 9, 15))


def test_numbers_sort_as_people_read_them():
    assert sorted(["10.0", "9.0", "5.14", "5.2"], key=number_order) == [
        "5.2", "5.14", "9.0", "10.0",
    ]  # fmt: skip


def test_a_version_is_in_force_from_its_day_on():
    assert in_force_on(date(2021, 8, 31), [OLD, NEW]) is None
    assert in_force_on(date(2021, 9, 21), [OLD, NEW]) == OLD
    assert in_force_on(date(2021, 9, 22), [OLD, NEW]) == NEW


def test_of_two_versions_of_one_day_the_higher_number_holds():
    twin = VersionDays("9.1", OLD.effective_on)
    assert in_force_on(date(2021, 9, 1), [twin, OLD]) == twin


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2021, 9, 14), Standing.PLANNED),
        (date(2021, 9, 15), Standing.PUBLISHED),
        (date(2021, 9, 21), Standing.PUBLISHED),
        (date(2021, 9, 22), Standing.IN_FORCE),
    ],
)
def test_a_version_is_planned_then_published_then_in_force(day, standing):
    in_force = in_force_on(day, [OLD, NEW])
    assert standing_of(NEW, on=day, in_force=in_force.number) is standing


def test_an_older_version_is_superseded():
    assert standing_of(OLD, on=date(2021, 9, 22), in_force="10.0") is Standing.SUPERSEDED


@given(st.text(alphabet="AB _-1", min_size=1, max_size=9))
def test_every_key_can_be_found_by_its_address(key):
    assert key in keys_at(address_of(key))


def test_an_address_full_of_underscores_does_not_grow_without_end():
    assert len(keys_at("_" * 100)) == 2


def test_a_slip_finds_the_name_that_was_meant():
    known = ["November 2021 SEC Release", "June 2021 SEC Release"]
    assert nearest_keys("november-2021-sec-relase", known)[0] == known[0]
    assert nearest_keys("zzz", known) == []
