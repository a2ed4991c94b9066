"""Sheets: every bad cell is named, with row, column, what was expected and what was found."""

from engross.core.registers.cells import reader_for
from engross.core.registers.columns import Column, Kind
from engross.core.registers.sheets import read_sheet

COLUMNS = (
    Column("reference", "The reference", Kind.IDENTIFIER, required=True),
    Column("day", "The day", Kind.DAY, required=True),
    Column("number", "A number", Kind.WHOLE),
)


def sheet_of(*lines):
    readers = {column.name: reader_for(column) for column in COLUMNS}
    return read_sheet(lines, COLUMNS, readers, key=("reference",))


def said(sheet):
    return [(problem.row, problem.column, problem.found) for problem in sheet.problems]


def test_every_bad_cell_of_every_row_is_named_at_once():
    sheet = sheet_of(
        (1, ["reference", "day", "number"]),
        (2, ["A", "soon", "many"]),
        (3, ["", "2021-09-30", "3"]),
        (4, ["C", "2021-09-30", "3"]),
    )

    assert said(sheet) == [(2, "day", "soon"), (2, "number", "many"), (3, "reference", "nothing")]
    assert [row.number for row in sheet.rows] == [4]


def test_blank_rows_are_passed_over_and_still_count():
    sheet = sheet_of(
        (1, ["", None]), (2, ["Reference", " DAY "]), (3, [" ", None]), (4, ["A", "2021-09-30"])
    )

    assert not sheet.problems
    assert [(row.number, row.values["number"]) for row in sheet.rows] == [(4, None)]


def test_a_short_row_has_empty_cells_and_a_long_one_is_refused():
    sheet = sheet_of(
        (1, ["reference", "day", "number"]), (2, ["A", "2021-09-30"]),
        (3, ["B", "2021-09-30", "1", "stray"]), (4, ["C", "2021-09-30", "1", ""]),
    )  # fmt: skip

    assert said(sheet) == [(3, "4", "stray")]


def test_a_key_that_stands_twice_names_the_row_it_first_stood_in():
    sheet = sheet_of((1, ["reference", "day"]), (2, ["A", "2021-09-30"]), (5, ["A", "2021-10-01"]))

    assert said(sheet) == [(5, "reference", "A, which already stands in row 2")]


def test_a_wrong_header_is_refused_with_the_nearest_column():
    sheet = sheet_of((1, ["refrence", "day"]), (2, ["A", "soon"]))

    assert said(sheet) == [(1, "refrence", "refrence"), (1, "reference", "no such column")]
    assert "'reference'" in sheet.problems[0].expected


def test_a_column_that_stands_twice_is_refused():
    assert (1, "day", "it stands twice") in said(sheet_of((1, ["reference", "day", "day"])))


def test_an_empty_file_is_refused():
    assert said(sheet_of()) == [(0, "reference", "an empty file")]
    assert said(sheet_of((1, []), (2, [""]))) == [(0, "reference", "an empty file")]


def test_a_header_alone_is_an_empty_sheet():
    sheet = sheet_of((1, ["reference", "day"]))

    assert not sheet.rows
    assert not sheet.problems
