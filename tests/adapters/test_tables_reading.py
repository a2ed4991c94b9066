"""Files of rows: what people's programs write is read, what could do harm is refused."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from engross.adapters.tables import FileRefused, Limits, read_file, read_tables, read_upload

SMALL = Limits(file_bytes=100_000, rows=5, columns=4, small_bytes=100_000, unpacked_bytes=3_000_000)


def lines_of(name, content, **more):
    return [(number, list(cells)) for number, cells in read_upload(name, content, **more).lines]


def workbook(fill, *, sheets=("parties",)):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for name in sheets:
        fill(book.add_worksheet(name), book)
    book.close()
    return file.getvalue()


def repacked(content, changes):
    """Return a workbook's content with some of its parts replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "party,name\r\n0012,Café".encode(),
        "\ufeffparty,name\r\n0012,Café".encode(),
        "party;name\n0012;Café\n".encode("utf-16"),
        "party\tname\n0012\tCafé\n".encode(),
        "party,name\r0012,Café\r".encode(),
        "sep=;\nparty;name\n0012;Café".encode(),
    ],
)
def test_encodings_delimiters_and_line_ends_are_told_apart(content):
    assert [cells for _, cells in lines_of("a.csv", content)] == [
        ["party", "name"],
        ["0012", "Café"],
    ]


def test_windows_1252_is_a_guess_and_said_to_be_one():
    file = read_tables("a.csv", "party,name\n1,Café – Ltd".encode("cp1252"))

    assert list(file.tables[0].lines)[1][1] == ["1", "Café – Ltd"]
    assert "Windows-1252" in file.notes[0]
    assert not read_tables("a.csv", b"party,name\n").notes


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    content = b'party,name\n\n1,"two\nlines"\n2,x\n'

    assert lines_of("a.csv", content) == [
        (1, ["party", "name"]), (2, []), (3, ["1", "two\nlines"]), (4, ["2", "x"])
    ]  # fmt: skip


def test_lines_can_be_gone_through_twice():
    lines = read_upload("a.csv", b"a,b\n1,2\n").lines

    assert list(lines) == list(lines)
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,\x00\n", "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x81\x8d", "not a text file"),
        (b'a,b\n1,"open\n2,3\n', "quotation marks in row 2 do not match"),
        (b'a,b\n1,2\n"x"y,3\n', "quotation marks in row 3 do not match"),
        (b"a,b\n1," + b"x" * 140_000, "row 2 has a cell of more than"),
        (b"PK\x03\x04rest", "spreadsheet or another packed file"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel file"),
        ("a,b\n".encode("utf-16") + b"\x00", "not a text file"),
    ],
)
def test_what_is_no_csv_is_refused_with_the_reason(content, said):
    with pytest.raises(FileRefused, match=said):
        read_tables("a.csv", content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n" * 6, "more than 5 rows"),
        (b"a,b\n1,2,3,4,5\n", "row 2 has more than 4 columns"),
        (b"a,b\n" + b"x" * 100_000, "at most 0 MB"),
    ],
)
def test_a_file_over_the_limits_is_refused(content, said):
    with pytest.raises(FileRefused, match=said):
        read_tables("a.csv", content, limits=SMALL)


def test_an_unknown_ending_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(FileRefused, match=r"'.ods' is not known"):
        read_tables("a.ods", b"x")
    with pytest.raises(FileRefused, match="cannot be opened"):
        read_file(tmp_path / "none.csv")


def test_a_workbook_keeps_row_numbers_zeros_and_days():
    def fill(sheet, book):
        sheet.write_row(1, 0, ["party", "held_from", "number"])
        sheet.write_string(3, 0, "0012")
        sheet.write_datetime(3, 1, date(2021, 9, 1), book.add_format({"num_format": "dd/mm/yy"}))
        sheet.write_number(3, 2, 7)

    for name in ("a.xlsx", "a.xlsm"):
        lines = [(n, cells) for n, cells in lines_of(name, workbook(fill)) if any(cells)]
        assert lines == [
            (2, ["party", "held_from", "number"]), (4, ["0012", date(2021, 9, 1), 7.0])
        ]  # fmt: skip


def test_sheets_of_a_workbook_are_tables_and_the_explanation_is_none():
    def fill(sheet, book):
        if sheet.name != "Empty":
            sheet.write_string(0, 0, sheet.name)

    names = ("parties", "How to fill it", "Empty", "papers")
    file = read_tables("a.xlsx", workbook(fill, sheets=names))

    assert [table.name for table in file.tables] == ["parties", "papers"]
    with pytest.raises(FileRefused, match="one sheet is expected"):
        read_upload("a.xlsx", workbook(fill, sheets=names))
    assert lines_of("a.xlsx", workbook(fill, sheets=names), table="papers") == [(1, ["papers"])]


def test_errors_and_formulas_without_a_result_are_refused_by_cell():
    def fill(sheet, book):
        sheet.write_string(0, 0, "party")
        sheet.write_formula(1, 0, "=1/0", value="#DIV/0!")
        sheet.write_formula(2, 1, "=A1", value="fine")

    with pytest.raises(FileRefused) as caught:
        read_tables("a.xlsx", workbook(fill))
    assert [reason.what for reason in caught.value.reasons] == [
        "a.xlsx: cell A2 holds an error in xl/worksheets/sheet1.xml"
    ]

    sheet = (
        b'<worksheet><sheetData><row r="1"><c r="B1"><f>A1+1</f></c></row></sheetData></worksheet>'
    )
    bare = repacked(workbook(lambda sheet, book: None), {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(FileRefused, match="cell B1 holds a formula without a result"):
        read_tables("a.xlsx", bare)


def test_a_packed_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(
        workbook(lambda sheet, book: None), {"xl/worksheets/sheet1.xml": b" " * 300_000_000}
    )
    assert len(bomb) < 400_000

    with pytest.raises(FileRefused, match="it unpacks to 300 MB"):
        read_tables("a.xlsx", bomb)


def test_a_sheet_that_is_packed_too_tightly_is_refused():
    tight = repacked(workbook(lambda s, b: None), {"xl/worksheets/sheet1.xml": b" " * 2_000_000})

    with pytest.raises(FileRefused, match="times its size"):
        read_tables("a.xlsx", tight, limits=SMALL)


def test_one_cell_far_away_does_not_span_billions():
    def fill(sheet, book):
        sheet.write_string(0, 0, "party")
        sheet.write_string(1_048_575, 16_383, "far")

    with pytest.raises(FileRefused, match="span 1,048,576 rows and 16,384 columns"):
        read_tables("a.xlsx", workbook(fill))


def test_a_text_that_thousands_of_cells_point_to_is_refused():
    def fill(sheet, book):
        for row in range(4000):
            sheet.write_string(row, 0, "x" * 30_000)

    with pytest.raises(FileRefused, match="121 MB of text"):
        read_tables("a.xlsx", workbook(fill))


def test_entities_in_a_workbook_are_not_resolved():
    sheet = b"""<?xml version="1.0"?>
        <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY f SYSTEM "file:///etc/passwd">]>
        <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>party</t></is></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>x&f;&b;</t></is></c></row>
        </sheetData></worksheet>"""
    content = repacked(workbook(lambda s, b: None), {"xl/worksheets/sheet1.xml": sheet})

    try:
        said = str(lines_of("a.xlsx", content))
    except FileRefused as refused:
        said = str(refused)
    assert "root:" not in said
    assert "aaaaaaaaaa" not in said


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, b"party,name\n1,2\n"]
)
def test_a_damaged_workbook_is_refused(content):
    with pytest.raises(FileRefused, match=r"damaged|no Excel workbook"):
        read_tables("a.xlsx", content)


def test_a_workbook_cut_short_anywhere_is_refused():
    whole = workbook(lambda sheet, book: sheet.write_string(0, 0, "party"))
    for length in range(4, len(whole) - 1, 97):
        with pytest.raises(FileRefused):
            read_tables("a.xlsx", whole[:length])


def test_json_is_read_as_an_export_writes_it():
    content = (
        b'{"register": "effort", "columns": ["days", "note"], "rows": [{"note": "a", "days": 1.1}]}'
    )
    file = read_tables("any.json", content)

    assert file.tables[0].name == "effort"
    number, cells = list(file.tables[0].lines)[1]
    assert number == 2
    assert [str(cell) for cell in cells] == ["1.1", "a"]
    assert lines_of("a.json", b'[{"a": 1}, {"b": 2}]') == [
        (1, ["a", "b"]), (2, [1, None]), (3, [None, 2])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"3", "no list of rows"),
        (b'{"rows": 3}', "no list of rows"),
        (b"[1]", "row 2 is no object"),
        (b'[{"a": [1]}]', "a list or an object"),
        (b'[{"a": NaN}]', "NaN is no number"),
        (b'[{"a": "\\ud800"}]', "half a character"),
        (b"\xff\xfe\xfd", "not JSON"),
        (b"[" + b"{}," * 2_600_000 + b"{}]", "too much for one JSON file"),
    ],
)
def test_what_is_no_export_is_refused(content, said):
    with pytest.raises(FileRefused, match=said):
        read_tables("a.json", content)
