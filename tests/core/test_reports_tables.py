"""Tables: cells fit their columns, totals are sums, and nothing is lost on the way to JSON."""

from datetime import date
from decimal import Decimal

import pytest

from engross.core.dates.months import Month
from engross.core.reports.tables import ColumnSpec, Table, columns, table, table_from_json

DAYS = columns(("driver", "Driver", "text"), ("days", "Days", "decimal"))
COUNTS = columns(("topic", "", "text"), ("emails", "", "whole"))


def test_a_row_of_another_length_is_named():
    with pytest.raises(ValueError, match="Row 2 has 1 cells for 2 columns"):
        Table(COUNTS, (("Other", 1), ("Other",)))


@pytest.mark.parametrize("cell", ["1", True, Decimal("1.5"), date(2021, 9, 1)])
def test_a_cell_that_is_no_whole_number_is_named(cell):
    with pytest.raises(ValueError, match="column 'emails' holds whole"):
        Table(COUNTS, (("Other", cell),))


def test_a_total_that_is_not_the_sum_is_refused():
    with pytest.raises(ValueError, match="total of 'emails' is 4, its rows add up to 3"):
        Table(COUNTS, (("A", 1), ("B", 2)), total=("Total", 4))


def test_a_hundredth_of_rounding_is_said_and_two_are_refused():
    rows = (("A", Decimal("0.34")), ("B", Decimal("0.67")))

    assert Table(DAYS, rows, total=("Total", Decimal("1.00"))).notes == (
        "'Days' is rounded: its rows add up to 1.01, the total is 1.00.",
    )
    assert Table(DAYS, rows, total=("Total", Decimal("1.01"))).notes == ()
    with pytest.raises(ValueError, match=r"1\.01"):
        Table(DAYS, rows, total=("Total", Decimal("0.99")))


def test_a_hundredth_is_no_rounding_between_whole_numbers():
    with pytest.raises(ValueError, match="rows add up to 1"):
        Table(COUNTS, (("A", 1),), total=("Total", Decimal("1.01")))


def test_totals_are_made_under_sums_only():
    made = table(
        columns(("status", "", "text"), ("total", "", "whole"), ("share", "", "percent")),
        [("open", 2, 40), ("closed", 3, 60)],
    ).with_total()

    assert made.total == ("Total", 5, None)


def test_a_column_without_any_records_has_no_total_but_an_empty_table_has_zero():
    assert Table(COUNTS, (("A", None),)).with_total().total == ("Total", None)
    assert Table(COUNTS).with_total().total == ("Total", 0)


def test_keys_and_links_are_kept_and_not_printed():
    made = Table(columns(("stage_key", "", "text"), ("stage", "", "text"), ("link", "", "text")))

    assert made.printed_names == ("stage",)


def test_two_columns_cannot_bear_one_name():
    with pytest.raises(ValueError, match="Two columns"):
        Table((ColumnSpec("a"), ColumnSpec("a")))


def test_an_unknown_column_is_answered_with_those_there_are():
    with pytest.raises(LookupError, match="'mails', but topic, emails"):
        Table(COUNTS).position("mails")


def test_a_table_survives_json():
    made = Table(
        columns(
            ("month", "", "month"),
            ("on", "", "day"),
            ("days", "", "decimal"),
            ("late", "", "flag"),
            ("who", "", "text"),
        ),
        ((Month(2021, 9), date(2021, 9, 1), Decimal("1.10"), True, None),),
        total=("Total", None, Decimal("1.10"), None, None),
        row_links=("/a",),
    )

    assert table_from_json(made.to_json()) == made
