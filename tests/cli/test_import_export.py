"""`engross import`, `export`, `template` and `staff`: from the command line and back."""

import json
import os
import signal
import sqlite3
import subprocess
import zipfile

import pytest
from click.testing import CliRunner
from django.db import transaction

from engross.apps.accounts.models import User
from engross.apps.parties.models import Party, PartyDetails
from engross.apps.registers.models import ImportRun
from engross.apps.registers.registers import all_registers
from engross.cli import main
from tests.support.deployment import WITHIN_SECONDS, prepared_deployment
from tests.support.registers import example_sheets, sheet, take

HEADER = "party,legal_name,held_from\n"


def engross(*words, **more):
    return CliRunner().invoke(main, [str(word) for word in words], **more)


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def parties_csv(tmp_path):
    return write(tmp_path / "parties.csv", f"{HEADER}P0001,One Ltd,2013-09-23\n")


@pytest.mark.django_db
def test_a_file_is_taken_into_the_register_it_is_called_after(parties_csv):
    result = engross("import", parties_csv)

    assert result.exit_code == 0, result.stderr
    assert "parties: 1 added, 0 corrected, 0 unchanged (parties.csv)" in result.stdout
    assert Party.objects.get().label == "One Ltd"
    assert "0 added, 0 corrected, 1 unchanged" in engross("import", parties_csv).stdout
    assert ImportRun.objects.count() == 1


@pytest.mark.django_db
def test_a_second_download_and_another_spelling_still_name_the_register(tmp_path):
    write(tmp_path / "Party_Categories (1).csv", "party,category,held_from\n")
    result = engross("import", tmp_path)

    assert "party-categories: 0 added" in result.stdout, result.stderr


@pytest.mark.django_db
def test_several_files_may_hold_the_rows_of_one_register(tmp_path):
    write(tmp_path / "parties.csv", f"{HEADER}P0001,One Ltd,2013-09-23\n")
    write(tmp_path / "parties.2021.csv", f"{HEADER}P0002,Two Ltd,2021-09-01\n")

    result = engross("import", tmp_path)

    assert result.exit_code == 0, result.stderr
    assert sorted(Party.objects.values_list("label", flat=True)) == ["One Ltd", "Two Ltd"]


@pytest.mark.django_db
def test_wrong_cells_are_listed_with_file_row_and_column_and_nothing_is_stored(tmp_path):
    write(tmp_path / "parties.csv", f"{HEADER}P0001,One Ltd,2013-09-23\nP0002,,soon\n")
    write(tmp_path / "party-events.csv", "party,event,happened_on\nP0001,gone,2013-09-23\n")
    result = engross("import", tmp_path)

    assert result.exit_code == 1
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert any(line.startswith("parties.csv: row 3, column legal_name: ") for line in lines)
    assert any(line.startswith("party-events.csv: row 2, column event: ") for line in lines)
    assert lines[-1] == "Nothing was stored: 3 problems."
    assert not Party.objects.exists()


@pytest.mark.django_db
def test_after_two_hundred_problems_the_rest_are_counted_and_json_lists_them_all(tmp_path):
    rows = "".join(f"P{n:04},x,soon\n" for n in range(500))
    bad = write(tmp_path / "parties.csv", HEADER + rows)
    lines = engross("import", bad).stderr.splitlines()

    assert len(lines) == 202
    assert lines[-2] == "… and 300 more; --json lists every one."
    found = json.loads(engross("import", bad, "--json").stdout)
    assert len(found["problems"]) == 500
    assert found["problems"][499] == {
        "row": 501, "column": "held_from", "found": "soon", "file": "parties.csv",
        "expected": "a day such as 2021-09-30 or 30/09/2021",
    }  # fmt: skip
    assert found["stored"] is False


@pytest.mark.django_db
def test_a_dry_run_says_what_would_be_and_stores_nothing(parties_csv):
    result = engross("import", parties_csv, "--dry-run", "--json")

    assert json.loads(result.stdout) == {
        "stored": False,
        "notes": [],
        "results": [{"register": "parties", "file_name": "parties.csv", "added": 1,
                     "corrected": 0, "unchanged": 0}],
    }  # fmt: skip
    assert not Party.objects.exists()


@pytest.mark.django_db
def test_who_and_why_are_kept_with_the_rows(parties_csv):
    engross("staff", "add", "--email", "sec@example.org", "--name", "Secretary",
            input="a long enough pass phrase\n" * 2)  # fmt: skip
    engross("import", parties_csv, "--by", "sec@example.org", "--reason", "From the gazette")

    row = PartyDetails.objects.get()
    assert (row.recorded_by.name, row.reason) == ("Secretary", "From the gazette")
    assert engross("import", parties_csv, "--by", "who@example.org").exit_code == 1


@pytest.mark.django_db
def test_files_that_cannot_be_read_are_all_named(tmp_path):
    write(tmp_path / "parties.csv", 'party\n"open')
    (tmp_path / "papers.xlsx").write_bytes(b"PK\x03\x04")
    result = engross("import", tmp_path)

    assert result.exit_code == 1
    assert "parties.csv: the quotation marks in row 2" in result.stderr
    assert "papers.xlsx: it is damaged" in result.stderr


@pytest.mark.django_db
def test_an_unknown_register_and_an_empty_folder_are_refused(tmp_path):
    assert engross("import", tmp_path).exit_code == 1
    unknown = write(tmp_path / "people.csv", "name\n")
    result = engross("import", unknown)
    assert (result.exit_code, "no register 'people'" in result.stderr) == (1, True)
    assert engross("export", "people").exit_code == 1
    assert engross("template", "people").exit_code == 1


def test_wrong_use_ends_with_2(tmp_path):
    assert engross("import", tmp_path / "none.csv").exit_code == 2
    assert engross("import").exit_code == 2
    assert engross("export").exit_code == 2
    assert engross("template", "parties", "--all", tmp_path).exit_code == 2
    assert engross("export", "parties", "--known-at", "yesterday").exit_code == 2


@pytest.mark.django_db
def test_sheets_of_a_workbook_go_into_the_registers_they_are_called_after(tmp_path):
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "september.xlsx")
    for name, rows in {
        "party-events": [["party", "event", "happened_on"], ["P0001", "acceded", "2013-09-23"]],
        "parties": [["party", "legal_name", "held_from"], ["P0001", "One Ltd", "2013-09-23"]],
    }.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    result = engross("import", tmp_path / "september.xlsx")

    assert result.exit_code == 0, result.stderr
    assert (
        "parties: 1 added, 0 corrected, 0 unchanged (september.xlsx, sheet parties)"
        in result.stdout
    )
    assert engross("import", tmp_path / "september.xlsx", "--register", "parties").exit_code == 1


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_an_export_imported_into_an_empty_database_gives_the_same_export(tmp_path, form):
    awkward = sheet("product-lists", ["product_list", "version", "published_on", "note"],
                    ["cpl", "0012", "2021-09-14", "=1+1"],
                    ["cpl", "6.20.10", "2021-09-15", 'two\nlines, "quoted"; Café']
                    )  # fmt: skip
    empty = transaction.savepoint()
    take(*example_sheets())
    take(awkward)
    first, second = tmp_path / "first", tmp_path / "second"
    assert engross("export", "--all", first, "--format", form).exit_code == 0
    transaction.savepoint_rollback(empty)
    assert not Party.objects.exists()

    result = engross("import", first)

    assert result.exit_code == 0, result.stderr
    engross("export", "--all", second, "--format", form)
    names = sorted(f"{register.name}.{form}" for register in all_registers())
    assert sorted(path.name for path in first.iterdir()) == names
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
        assert len((first / name).read_bytes().splitlines()) > 1, name


@pytest.mark.django_db
def test_an_export_may_tell_what_held_on_a_day_and_was_known_at_a_moment(tmp_path, parties_csv):
    take(sheet("parties", HEADER.strip().split(","), ["P0001", "Wan Ltd", "2013-09-23"]))
    engross("import", parties_csv)

    assert "One Ltd" in engross("export", "parties", "--out", "-").stdout
    told = engross("export", "parties", "--out", "-", "--known-at", "2021-10-16T09:00").stdout
    assert "Wan Ltd" in told
    early = engross("export", "parties", "--out", "-", "--as-at", "2013-09-22").stdout
    assert "Ltd" not in early


@pytest.mark.django_db
def test_an_export_that_finds_no_room_leaves_no_file(tmp_path):
    result = engross("export", "parties", "--out", tmp_path / "none" / "parties.csv")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_templates_are_written_for_every_register(tmp_path):
    result = engross("template", "--all", tmp_path)

    assert result.exit_code == 0, result.stderr
    names = {path.stem for path in tmp_path.iterdir()}
    assert names == {register.name for register in all_registers()}
    with zipfile.ZipFile(tmp_path / "parties.xlsx") as packed:
        assert b"How to fill it" in packed.read("xl/workbook.xml")


@pytest.mark.django_db
def test_an_empty_template_imports_as_nothing(tmp_path):
    engross("template", "--all", tmp_path)
    result = engross("import", tmp_path)

    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("0 added, 0 corrected, 0 unchanged") == len(all_registers())


@pytest.mark.django_db
def test_a_weak_password_or_a_taken_address_makes_no_account():
    words = ("staff", "add", "--email", "sec@example.org", "--name", "Secretary")

    assert engross(*words, input="short\nshort\n").exit_code == 1
    assert not User.objects.exists()
    assert engross(*words, input="a long enough pass phrase\n" * 2).exit_code == 0
    assert User.objects.get().is_staff
    assert "a long enough" not in engross(*words, input="another long phrase\n" * 2).output
    assert User.objects.count() == 1


def run(deployment, *words, **environment):
    return subprocess.Popen(
        deployment.command(*words), env=deployment.environment | environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.once
def test_an_import_that_is_killed_in_the_middle_stores_nothing(tmp_path):
    deployment = prepared_deployment(tmp_path / "var", "sec")
    numbers = range(5_000)
    named = "".join(f"P{n:05},Party {n},2013-09-23\n" for n in numbers)
    happened = "".join(f"P{n:05},acceded,2013-09-23\n" for n in numbers)
    parties = write(tmp_path / "parties.csv", HEADER + named)
    events = write(tmp_path / "party-events.csv", f"party,event,happened_on\n{happened}")
    killed = run(deployment, "import", parties, events)
    assert killed.stderr is not None
    for line in killed.stderr:
        if line.startswith("Parties: done"):  # written, and not yet committed
            break
    os.kill(killed.pid, signal.SIGKILL)
    assert killed.wait(timeout=WITHIN_SECONDS) == -signal.SIGKILL

    database = sqlite3.connect(deployment.database)
    for table in ("parties_party", "parties_partydetails", "registers_importrun"):
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    database.close()
    afterwards = run(deployment, "import", parties)
    told, _ = afterwards.communicate(timeout=WITHIN_SECONDS)
    assert "parties: 5,000 added" in told
