"""Cells: whatever is typed becomes a value or says what was expected."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.registers.cells import (
    CellRefused,
    clean_text,
    guard_formula,
    reader_for,
    shown,
)
from engross.core.registers.columns import Column, Kind

# As spreadsheets give days: without a time zone.
MIDNIGHT = datetime.combine(date(2021, 9, 30), time(0))
NOON = datetime.combine(date(2021, 9, 30), time(12))
OPTIONS = {"uep": "uep", "import supplier": "import-supplier"}

ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.text(), st.dates(),
    st.datetimes(), st.times(), st.timedeltas(),
    st.from_regex(r"-?[0-9,.]{1,20}", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}", fullmatch=True),
)  # fmt: skip
TYPES = {
    Kind.TEXT: str, Kind.IDENTIFIER: str, Kind.DAY: date, Kind.MONTH: date, Kind.WHOLE: int,
    Kind.DECIMAL: Decimal, Kind.FLAG: bool, Kind.CHOICE: str, Kind.REFERENCE: str, Kind.LINK: str,
}  # fmt: skip


def read(kind: Kind, raw: object, **more):
    look_up = OPTIONS.get if kind in {Kind.CHOICE, Kind.REFERENCE} else None
    return reader_for(Column("it", "It", kind, **more), look_up=look_up)(raw)


@pytest.mark.parametrize("kind", list(Kind))
@given(raw=ANYTHING)
def test_any_content_of_a_cell_is_a_value_or_is_refused_with_words(kind, raw):
    try:
        value = read(kind, raw)
    except CellRefused as refused:
        value = None
        said = str(refused)
    else:
        said = "a value"

    assert said
    assert value is None or isinstance(value, TYPES[kind])


@given(st.text())
def test_what_was_read_once_survives_being_written_guarded_and_read_again(text):
    once = clean_text(text)

    if once == clean_text(once):
        assert clean_text(guard_formula(once)) == once


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@x", "-", "=cmd|' /C calc'!A0"])
def test_a_formula_is_guarded_on_the_way_out_and_taken_back_on_the_way_in(text):
    assert guard_formula(text) == f"'{text}"
    assert clean_text(guard_formula(text)) == text


@pytest.mark.parametrize("text", ["O'Neill", "'quoted'", "a=b", "1-2", "", "x@y"])
def test_what_is_no_formula_is_written_as_it_is(text):
    assert guard_formula(text) == text
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2021-09-30", date(2021, 9, 30)),
        ("30/09/2021", date(2021, 9, 30)),
        ("1/2/2021", date(2021, 2, 1)),
        (MIDNIGHT, date(2021, 9, 30)),
        (date(2021, 9, 30), date(2021, 9, 30)),
    ],
)
def test_a_day_is_read_as_it_is_usually_typed(raw, day):
    assert read(Kind.DAY, raw) == day


@pytest.mark.parametrize(
    "raw",
    ["2021-02-30", "09/30/2021", "2021", "30.09.2021", "2021-W39-4", 44469.0, NOON,
     time(9, 0), timedelta(days=1), "1899-12-31", "2200-01-01", True],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_an_example(raw):
    with pytest.raises(CellRefused, match="2021-09-30"):
        read(Kind.DAY, raw)


@pytest.mark.parametrize("raw", ["2021-09", "2021-09-30", "30/09/2021", date(2021, 9, 12)])
def test_a_month_is_its_first_day(raw):
    assert read(Kind.MONTH, raw) == date(2021, 9, 1)


@pytest.mark.parametrize("raw", ["2021-13", "2021-00", "September 2021", "1821-01"])
def test_what_is_no_month_is_refused(raw):
    with pytest.raises(CellRefused, match="a month such as"):
        read(Kind.MONTH, raw)


@pytest.mark.parametrize("raw", ["0012", "6.20.1", "1e5", "007", "１２"])
def test_an_identifier_is_kept_to_the_letter(raw):
    assert read(Kind.IDENTIFIER, raw) == raw


@pytest.mark.parametrize("raw", [12, 12.0, 6.2, date(2021, 9, 30), True])
def test_an_identifier_that_a_spreadsheet_took_for_a_number_is_refused(raw):
    with pytest.raises(CellRefused, match="stored as text"):
        read(Kind.IDENTIFIER, raw)


@pytest.mark.parametrize(("raw", "whole"), [("24,000", 24000), (12.0, 12), ("-5", -5), (7, 7)])
def test_a_whole_number_is_read_with_or_without_thousands(raw, whole):
    assert read(Kind.WHOLE, raw) == whole


@pytest.mark.parametrize("raw", ["1.5", 1.5, "2,40", "1_000", "ten", True, float("nan"), "9" * 16])
def test_what_is_no_whole_number_is_refused(raw):
    with pytest.raises(CellRefused, match="a whole number"):
        read(Kind.WHOLE, raw)


def test_a_number_below_the_least_is_refused_with_the_least():
    with pytest.raises(CellRefused, match="1 or more"):
        read(Kind.WHOLE, "0", least=1)
    assert read(Kind.WHOLE, "1", least=1) == 1


@pytest.mark.parametrize(
    "raw", ["12.255", "12,25", "1_000", float("inf"), "NaN", "1e20", "ten", True]
)
def test_a_decimal_with_too_many_places_or_none_at_all_is_refused(raw):
    with pytest.raises(CellRefused, match="decimal places"):
        read(Kind.DECIMAL, raw)


def test_a_decimal_is_exact():
    assert read(Kind.DECIMAL, "12.25") == Decimal("12.25")
    assert read(Kind.DECIMAL, 12.25) == Decimal("12.25")
    assert read(Kind.DECIMAL, "12,345.5") == Decimal("12345.50")


@pytest.mark.parametrize(
    ("raw", "flag"), [("Yes", True), ("n", False), (1.0, True), (False, False)]
)
def test_a_flag_is_yes_or_no(raw, flag):
    assert read(Kind.FLAG, raw) is flag


def test_an_option_that_the_list_does_not_have_is_refused_with_the_lists_name():
    assert read(Kind.CHOICE, "uep", choices="market_entry_processes") == "uep"
    with pytest.raises(CellRefused, match="'market_entry_processes'"):
        read(Kind.CHOICE, "nap", choices="market_entry_processes")


def test_a_reference_to_what_is_not_there_says_where_to_add_it():
    with pytest.raises(CellRefused, match="'parties'; import or add it there first"):
        read(Kind.REFERENCE, "P9999", refers_to="parties")


@pytest.mark.parametrize("raw", ["javascript:alert(1)", "http://a b", "ftp://x", "https://"])
def test_a_link_that_is_no_web_address_is_refused(raw):
    with pytest.raises(CellRefused, match="https://"):
        read(Kind.LINK, raw)


def test_text_that_is_too_long_or_holds_control_characters_is_refused():
    with pytest.raises(CellRefused, match="at most 5 characters; it has 6"):
        read(Kind.TEXT, "abcdef", longest=5)
    with pytest.raises(CellRefused, match="control characters"):
        read(Kind.TEXT, "a\x07b")


def test_text_is_brought_into_one_unicode_form():
    assert read(Kind.TEXT, "Cafe\u0301") == "Café"


def test_an_empty_cell_is_the_default_and_may_not_be_empty_where_it_is_needed():
    assert read(Kind.WHOLE, "  ", default=1) == 1
    assert read(Kind.TEXT, None) is None
    with pytest.raises(CellRefused, match="may not be empty"):
        read(Kind.TEXT, "", required=True)


def test_a_long_cell_is_shortened_in_messages():
    assert shown("x" * 100) == "x" * 60 + "…"
    assert shown("") == "nothing"
