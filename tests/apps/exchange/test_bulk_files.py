"""Bulk files: whole, typed, never half written, and of nothing but what anyone may read."""

import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from django.core.files.storage import default_storage

from engross.adapters.bulk_files import parquet_type, write_rows
from engross.apps.audit.queries import latest_event_id
from engross.apps.exchange import commands
from engross.apps.exchange.commands import bulk
from engross.apps.exchange.models import FORMS, BulkFile
from engross.apps.exchange.queries import datasets
from engross.apps.registers.commands import correct_entry, record_entry
from engross.apps.registers.registers import all_registers, register_named
from engross.core.registers.columns import Column, Kind
from tests import factories
from tests.support.stored_texts import clause, section, store

pytestmark = pytest.mark.django_db
AT = datetime(2021, 12, 1, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(days=1)
COLUMNS = (
    Column("name", "A name"), Column("on", "A day", Kind.DAY), Column("month", "M", Kind.MONTH),
    Column("count", "A count", Kind.WHOLE), Column("is_it", "Whether", Kind.FLAG),
    Column("share", "A share", Kind.DECIMAL, places=3),
)  # fmt: skip
ROWS = [
    {"name": '=HYPERLINK("x")', "on": date(2021, 9, 30), "month": date(2021, 9, 1), "count": 7,
     "is_it": True, "share": Decimal("12.125")},
    {"name": None, "on": None, "month": None, "count": None, "is_it": None, "share": None},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    """Write the files of three datasets only: all are written in one test."""
    known = datasets()
    few = {name: known[name] for name in ("parties", "highlights", "proposals")}
    monkeypatch.setattr(bulk, "datasets", lambda: {**few, **_provisions()})


def _provisions():
    return {"code-provisions": datasets()["code-provisions"]}


def written(form, rows=ROWS):
    file = io.BytesIO()
    assert write_rows(file, form, "things", COLUMNS, rows) == len(rows)
    return file.getvalue()


def test_parquet_gives_values_back_with_their_types():
    table = pq.read_table(io.BytesIO(written("parquet")))
    assert table.to_pylist() == ROWS
    assert [str(each.type) for each in table.schema] == [
        "string", "date32[day]", "date32[day]", "int64", "bool", "decimal128(18, 3)",
    ]  # fmt: skip
    assert [parquet_type(each) for each in COLUMNS] == [str(each.type) for each in table.schema]
    assert table.schema.field("on").metadata == {b"meaning": b"A day"}
    assert pq.read_table(io.BytesIO(written("parquet", []))).num_rows == 0


def test_no_cell_of_a_csv_is_a_formula():
    rows = list(csv.reader(io.StringIO(written("csv").decode("utf-8-sig"))))
    assert rows[0] == [each.name for each in COLUMNS]
    assert rows[1] == ['\'=HYPERLINK("x")', "2021-09-30", "2021-09", "7", "yes", "12.125"]


def test_each_line_of_json_is_a_row():
    lines = [json.loads(line) for line in written("jsonl").splitlines()]
    assert lines[0]["name"] == '=HYPERLINK("x")'
    assert lines[0]["on"] == "2021-09-30"
    assert lines[1] == dict.fromkeys(ROWS[0])


def test_every_register_and_the_provisions_are_datasets():
    assert set(datasets()) == {each.name for each in all_registers()} | {"code-provisions"}


def test_the_files_are_listed_sent_and_described(client):
    factories.party("SEC01", name="Northwind", category="small-suppliers")
    assert client.get("/bulk/").status_code == 200
    commands.remake_bulk_files(at=AT)

    told = client.get("/bulk/manifest.json").json()["datasets"]
    parties = next(each for each in told if each["name"] == "parties")

    assert "Parties" in client.get("/bulk/").content.decode()
    assert {each["format"] for each in parties["files"]} == set(FORMS)
    for each in parties["files"]:
        answer = client.get(each["url"].removeprefix("http://127.0.0.1:8000"))
        content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
        assert len(content) == each["size"] == int(answer["Content-Length"])
        if each["format"] == "parquet":
            rows = pq.read_table(io.BytesIO(content)).to_pylist()
            assert len(rows) == each["rows"] == 1
            assert rows[0]["party"] == "SEC01"
            assert set(rows[0]) == {column["name"] for column in parties["columns"]}


def test_who_has_a_file_already_is_not_sent_it_again(client):
    commands.remake_bulk_files(at=AT)
    first = client.get("/bulk/parties.csv")
    assert first["Last-Modified"] == "Wed, 01 Dec 2021 09:30:00 GMT"
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get("/bulk/parties.csv", headers=header).status_code == 304
    assert client.get("/bulk/parties.exe").status_code == 404
    assert client.get("/bulk/nothing.csv").status_code == 404


def test_what_is_not_for_everybody_is_in_no_file():
    row = {"paper": "operations-report", "month": "2021-09", "section": "party-engagement"}
    factories.record("highlights", [
        {**row, "position": "1", "text": "open", "paper_class": "white"},
        {**row, "position": "2", "text": "wrenhidden", "paper_class": "green"},
    ])  # fmt: skip
    commands.remake_bulk_files(at=AT)
    for each in BulkFile.objects.filter(name="highlights"):
        assert each.rows == 1
        assert b"wrenhidden" not in default_storage.open(each.place).read()


def test_what_is_for_everybody_no_longer_is_sent_to_nobody_until_the_file_is_made_anew(
    client, secretary
):
    register = register_named("highlights")
    values = {"paper": "operations-report", "month": date(2021, 9, 1), "basis": "record",
              "section": "party-engagement", "text": "wrenhidden", "position": 1,
              "paper_class": "white"}  # fmt: skip
    entry = record_entry(register, values, by=secretary, at=AT, reason="New")
    commands.remake_bulk_files(at=AT)
    first = client.get("/bulk/highlights.csv")
    assert b"wrenhidden" in b"".join(first.streaming_content)

    narrow = {**values, "paper_class": "amber"}
    correct_entry(register, entry, narrow, by=secretary, at=LATER, reason="It was wrong")
    for header in ({}, {"If-None-Match": first["ETag"]}):
        again = client.get("/bulk/highlights.csv", headers=header)
        assert (again.status_code, again["Retry-After"]) == (503, "600")
        assert b"wrenhidden" not in again.content
    assert client.get("/bulk/parties.csv").status_code == 200

    commands.remake_bulk_files(at=LATER)
    whole = client.get("/bulk/highlights.csv")
    assert b"wrenhidden" not in b"".join(whole.streaming_content)


def test_only_what_changed_is_written_anew():
    commands.remake_bulk_files(at=AT)
    before = {str(each): each.place for each in BulkFile.objects.all()}
    assert commands.remake_bulk_files(at=LATER) == []

    factories.party("SEC01", name="Northwind", category="small-suppliers")
    again = commands.remake_bulk_files(at=LATER)

    assert "parties" in again
    assert "highlights" not in again
    changed = {str(each) for each in BulkFile.objects.all() if before[str(each)] != each.place}
    assert changed == {f"parties.{form}" for form in FORMS}
    made = dict(BulkFile.objects.values_list("name", "made_at"))
    assert (made["parties"], made["highlights"]) == (LATER, AT)
    assert set(BulkFile.objects.values_list("position", flat=True)) == {latest_event_id()}


def test_a_new_label_is_written_in_the_files_that_name_it():
    factories.proposal("DP152", title="One", raised_on="2021-02-01")
    commands.remake_bulk_files(at=AT)
    row = {"proposal": "DP152", "title": "Two", "raised_on": "2021-02-01"}
    factories.record("proposals", [row],
                     at=LATER)  # fmt: skip
    assert "proposals" in commands.remake_bulk_files(at=LATER)


def test_a_run_that_is_killed_is_completed_and_leaves_no_half_file(client, monkeypatch):
    commands.remake_bulk_files(at=AT)
    factories.party("SEC01", name="Northwind", category="small-suppliers")
    whole = b"".join(client.get("/bulk/parties.jsonl").streaming_content)

    def killed(file, form, *args):
        if form == "jsonl":
            file.write(b"half")
            raise KeyboardInterrupt
        return write_rows(file, form, *args)

    with monkeypatch.context() as broken:
        broken.setattr(bulk, "write_rows", killed)
        with pytest.raises(KeyboardInterrupt):
            commands.remake_bulk_files(at=LATER)
    assert b"".join(client.get("/bulk/parties.jsonl").streaming_content) == whole

    assert "parties" in commands.remake_bulk_files(at=LATER)
    assert b"Northwind" in b"".join(client.get("/bulk/parties.jsonl").streaming_content)


def test_old_files_go_once_nobody_can_be_fetching_them():
    commands.remake_bulk_files(at=AT)
    old = BulkFile.objects.get(name="parties", form="csv").place
    factories.party("SEC01", name="Northwind", category="small-suppliers")
    commands.remake_bulk_files(at=LATER)
    assert default_storage.exists(old)
    commands.delete_old_files(at=datetime.now(tz=UTC) + timedelta(hours=2))
    assert not default_storage.exists(old)
    assert all(default_storage.exists(each.place) for each in BulkFile.objects.all())


def test_a_provision_is_told_for_as_long_as_it_read_so():
    store(section("A", clause("A1", "One."), clause("A2", "Two.")), on=date(2020, 1, 1))
    changed = section("A", clause("A1", "One."), clause("A2", "Two, changed."))
    store(changed, on=date(2021, 1, 1), days=366)

    rows = list(datasets()["code-provisions"].rows())

    told = sorted((row["address"], row["text"], str(row["effective_from"]),
                   str(row["effective_until"])) for row in rows)  # fmt: skip
    assert told == [
        ("A1", "One.", "2020-01-01", "None"),
        ("A2", "Two, changed.", "2021-01-01", "None"),
        ("A2", "Two.", "2020-01-01", "2021-01-01"),
    ]
