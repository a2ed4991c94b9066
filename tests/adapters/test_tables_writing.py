"""Files of rows on the way out: they come back the same, run nothing, and are whole."""

import errno
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.adapters.tables import (
    FileRefused,
    example_of,
    read_tables,
    read_upload,
    table_bytes,
    template_bytes,
    write_table,
)
from engross.core.registers.cells import CellRefused, reader_for
from engross.core.registers.columns import Column, Kind

COLUMNS = (
    Column("version", "A version", Kind.IDENTIFIER, required=True, example="6.20.1"),
    Column("note", "A note", longest=2000),
    Column("held_from", "First day", Kind.DAY),
    Column("month", "A month", Kind.MONTH),
    Column("number", "How many", Kind.WHOLE),
    Column("days", "Days", Kind.DECIMAL),
    Column("is_open", "Whether open", Kind.FLAG),
    Column("kind", "The kind", Kind.CHOICE, required=True, choices="kinds", example="gone"),
)
KINDS = {"kinds": [("big", "Big"), ("small", "Small", "from 2021-09-01")]}
NAMES = [column.name for column in COLUMNS]
AWKWARD = ["=1+1", "-5", "@x", "+44 20", "O'Neill", "two\nlines", 'say "so"', "a,b;c\td", "Café",
           "日本", "𝔘", "0", "1e5", "TRUE", "2021-09-01", "https://example.org", "#REF!",
           "{=A1}", "null"]  # fmt: skip


def row(**values):
    whole = dict.fromkeys(NAMES) | {"version": "0012", "kind": "big"}
    return whole | values


def read_back(form, content):
    readers = {c.name: reader_for(c, look_up=str if c.choices else None) for c in COLUMNS}
    lines = [cells for _, cells in read_upload(f"it.{form}", content).lines]
    assert lines[0][: len(NAMES)] == NAMES
    return [
        {name: readers[name](cells[place]) for place, name in enumerate(NAMES)}
        for cells in lines[1:]
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=50)


def plain_text(text):
    """Return what a register would hold of it, or None if it would not hold it."""
    try:
        return reader_for(COLUMNS[1])(text)
    except CellRefused:
        return None


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "version": st.sampled_from(["0012", "6.20.1", "1e5", "007", "MP078", "-1"]),
            "note": (st.sampled_from(AWKWARD) | TEXTS).map(plain_text),
            "held_from": st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)),
            "month": st.none()
            | st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(lambda day: day.replace(day=1)),
            "number": st.none() | st.integers(-(10**9), 10**9),
            "days": st.none() | st.decimals(-(10**12), 10**12, places=2),
            "is_open": st.none() | st.booleans(),
            "kind": st.sampled_from(["big", "small"]),
        }
    ),
    max_size=6,
)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@given(rows=ROWS)
def test_what_is_written_is_read_back_the_same(form, rows):
    assert read_back(form, table_bytes(form, "it", COLUMNS, rows)) == rows


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_table_without_rows_keeps_its_header(form):
    assert read_back(form, table_bytes(form, "it", COLUMNS, [])) == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_two_files_with_one_content_are_alike_to_the_byte(form):
    rows = [row(note="Café", days=Decimal("12.25"))]

    assert table_bytes(form, "it", COLUMNS, rows) == table_bytes(form, "it", COLUMNS, rows)


def test_csv_is_plain_for_people_and_guarded_against_formulas():
    rows = [row(note="=1+1", held_from=date(2021, 9, 1), month=date(2021, 9, 1), number=-5,
                days=Decimal("12.50"), is_open=False)]  # fmt: skip
    text = table_bytes("csv", "it", COLUMNS, rows).decode()

    assert text.splitlines()[1] == "0012,'=1+1,2021-09-01,2021-09,-5,12.50,no,big"
    assert text.startswith("\ufeff")


def test_a_workbook_holds_text_and_no_formula():
    content = table_bytes("xlsx", "it", COLUMNS, [row(note="=1+1", version="0012")])

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<t>=1+1</t>" in sheet
    assert "<t>0012</t>" in sheet


def test_a_file_takes_its_place_only_when_it_is_whole(tmp_path):
    path = tmp_path / "it.csv"
    write_table(path, "csv", "it", COLUMNS, [row()])
    before = path.read_bytes()

    def rows():
        yield row(note="new")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(FileRefused, match="the disk is full; nothing was written"):
        write_table(path, "csv", "it", COLUMNS, rows())
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["it.csv"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_failure_in_the_middle_leaves_no_file(tmp_path, form):
    def rows():
        yield row()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_table(tmp_path / f"it.{form}", form, "it", COLUMNS, rows())
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_device_without_room_is_told_as_a_full_disk_and_is_not_replaced(form):
    with pytest.raises(FileRefused, match="the disk is full"):
        write_table(Path("/dev/full"), form, "it", COLUMNS, [row()] * 5000)
    assert Path("/dev/full").is_char_device()


def test_a_link_to_a_file_stays_a_link(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "it.csv")
    write_table(tmp_path / "link.csv", "csv", "it", COLUMNS, [row()])

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "it.csv").read_bytes().endswith(b"0012,,,,,,,big\r\n")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="cannot be written"):
        write_table(tmp_path / "none" / "it.csv", "csv", "it", COLUMNS, [])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_is_a_header_that_an_import_reads(form):
    file = read_tables(f"it.{form}", template_bytes(form, "it", COLUMNS, KINDS))

    assert [[list(cells) for _, cells in table.lines] for table in file.tables] == [[NAMES]]


def test_the_excel_template_explains_each_column_and_lists_what_is_allowed():
    content = template_bytes("xlsx", "it", COLUMNS, KINDS)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        texts = packed.read("xl/worksheets/sheet2.xml").decode()

    for column in COLUMNS:
        assert f">{column.name}<" in texts
        assert f">{column.meaning}<" in texts
    for expected in ("6.20.1", "big", "Small", "from 2021-09-01", "at most 2 decimal places"):
        assert expected in texts


def test_an_example_is_one_that_the_code_allows():
    assert example_of(COLUMNS[0], KINDS) == "6.20.1"
    assert example_of(COLUMNS[-1], KINDS) == "big"
    assert example_of(COLUMNS[1], KINDS) == ""
