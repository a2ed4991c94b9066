"""`engross text` as a person or a script meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from engross.cli import main
from engross.cli.text import COMMANDS

pytestmark = pytest.mark.once

OLD = """\
# Section D: Modification Process

## D1 Raising Modification Proposals

D1.1 Any Party may raise a proposal, and shall give:

(a) its name; and

(b) its reason.

D1.2 The Panel shall meet each month.
"""
NEW = OLD.replace("Any Party", "Any person").replace(
    "(b) its reason.", "(b) its number; and\n\n(c) its reason."
)
PLAIN = """\
Section D: Modification Process
D1 Raising Modification Proposals
D1.1 Any Party may raise a proposal, and shall give:
D1.1(a) its name; and
D1.1(b) its reason.
D1.2 The Panel shall meet each month.
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Give a folder with a text before and after a change, and work in it."""
    (tmp_path / "old.md").write_text(OLD)
    (tmp_path / "new.md").write_text(NEW)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments, **options):
    return CliRunner().invoke(main, ["text", *arguments], **options)


def done(*arguments, **options):
    result = run(*arguments, **options)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments):
    result = run(*arguments)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    return result.stderr.strip()


def test_a_text_is_printed_one_paragraph_a_line_its_whole_number_first(files):
    assert done("read", "old.md") == PLAIN


def test_what_was_printed_reads_back_as_the_same_text(files):
    printed = done("read", "old.md")

    assert done("read", "-", input=printed) == printed
    assert done("read", "-", "--json", input=printed) == done("read", "old.md", "--json")


def test_a_text_goes_through_every_format_and_is_the_same(files):
    done("convert", "old.md", "first.json")
    before = "first.json"
    for name in ("two.docx", "three.xml", "four.md", "five.txt", "folder", "last.json"):
        done("convert", before, name)
        before = name

    assert (files / "last.json").read_bytes() == (files / "first.json").read_bytes()


def test_a_comparison_tells_what_went_and_what_came(files):
    lines = done("compare", "old.md", "new.md").splitlines()

    assert "D1.1  changed: Any [-Party-]{+person+} may raise a proposal, and shall give:" in lines
    assert "D1.1(b)  inserted: {+its number; and+}" in lines
    assert "D1.1(b) -> D1.1(c)  renumbered" in lines


def test_a_comparison_as_json_lists_only_what_differs(files):
    found = json.loads(done("compare", "old.md", "new.md", "--format", "json"))

    assert {"entries", "summary"} == set(found)
    assert {(each["old"], each["new"]) for each in found["entries"]} == {
        ("D1.1", "D1.1"),
        (None, "D1.1(b)"),
        ("D1.1(b)", "D1.1(c)"),
    }


def test_the_ending_of_out_says_the_format(files):
    done("compare", "old.md", "new.md", "--out", "found.json")
    done("compare", "old.md", "new.md", "--out", "redline.docx", "--author", "MP123")

    assert json.loads((files / "found.json").read_bytes())["entries"]
    assert done("read", "redline.docx", "--before") == done("read", "old.md")
    assert done("read", "redline.docx", "--after") == done("read", "new.md")


def test_tracked_changes_are_told_without_names_of_people(files):
    options = ("--author", "Ada Lovelace", "--on", "2021-09-30")
    done("compare", "old.md", "new.md", "--out", "redline.docx", *options)

    told = done("read", "redline.docx", "--changes")
    as_json = json.loads(done("read", "redline.docx", "--changes", "--json"))

    assert "Any [-Party-]{+person+} may raise" in told
    assert "(Author 1 2021-09-30)" in told
    assert "Ada" not in told + json.dumps(as_json)
    assert as_json["changes"]


def test_a_change_set_makes_the_new_text_and_takes_it_back(files):
    done("convert", "old.md", "old.json")
    done("convert", "new.md", "new.json")
    done("changes", "old.json", "new.json", "--name", "MP123", "--out", "mp123.json")

    done("apply", "old.json", "mp123.json", "--out", "made.json")
    done("apply", "made.json", "mp123.json", "--invert", "--out", "undone.json")

    assert (files / "made.json").read_bytes() == (files / "new.json").read_bytes()
    assert (files / "undone.json").read_bytes() == (files / "old.json").read_bytes()


def test_a_change_set_on_another_text_is_refused_and_nothing_written(files):
    done("changes", "old.md", "new.md", "--name", "MP123", "--out", "mp123.json")

    told = refused("apply", "new.md", "mp123.json", "--out", "made.json")

    assert "Any person may raise" in told
    assert not (files / "made.json").exists()


def changed(name, old, new):
    """Write a text with other words, and the change set that makes it."""
    Path("drafted.md").write_text(OLD.replace(old, new))
    done("changes", "old.md", "drafted.md", "--name", name, "--out", f"{name}.json")
    return f"{name}.json"


def test_changes_that_stand_together_are_merged_in_any_order(files):
    sets = [changed("MP1", "each month", "each week"), changed("MP2", "Any Party", "A Party")]

    first = done("merge", "old.md", *sets)
    second = done("merge", "old.md", *reversed(sets))

    assert first == second
    assert "each week" in first
    assert "A Party" in first


def test_a_conflict_is_named_and_a_resolution_decides_it(files):
    sets = [changed("MP1", "each month", "each week"), changed("MP2", "each month", "each day")]

    result = run("merge", "old.md", *sets, "--out", "made.md", "--conflicts", "conflicts.json")

    assert result.exit_code == 1
    assert "Section D1.2: MP1 against MP2" in result.stderr
    (conflict,) = json.loads((files / "conflicts.json").read_bytes())["conflicts"]
    decided = {"conflict": conflict["id"], "take": "side", "side": "MP2"}
    decided |= {"by": "The Panel", "reason": "agreed"}
    (files / "decided.json").write_text(json.dumps({"resolutions": [decided]}))

    done("merge", "old.md", *sets, "--out", "made.md", "--resolutions", "decided.json")

    assert "each day" in (files / "made.md").read_text()


def test_a_change_set_is_carried_over_to_a_newer_text(files):
    mine = changed("MP1", "each month", "each week")
    (files / "newer.md").write_text(NEW)

    done("rebase", "old.md", "newer.md", mine, "--out", "rebased.json")
    made = done("apply", "newer.md", "rebased.json")
    merged = done("merge", "newer.md", mine, "--drafted-on", "old.md")

    assert "each week" in made
    assert "its number" in made
    assert merged == made


def test_what_cannot_be_carried_over_is_told_with_what_stands_there(files):
    mine = changed("MP1", "each month", "each week")
    (files / "newer.md").write_text(OLD.replace("each month", "each day"))

    alone = run("rebase", "old.md", "newer.md", mine, "--out", "rebased.json")
    merged = run("merge", "newer.md", mine, "--drafted-on", "old.md", "--out", "made.md")

    assert (alone.exit_code, merged.exit_code) == (1, 1)
    assert alone.stderr.startswith("MP1, operation 1: at Section D1.2 it changes its text")
    assert "Section D1.2: MP1 against the base" in merged.stderr
    assert "each day" in (files / "made.md").read_text()


def test_a_sound_text_passes_the_check_and_slips_are_named(files):
    assert done("check", "old.md") == "nothing found\n"
    (files / "bad.md").write_text(OLD.replace("D1.2 The", "D1.1 Under Section D9.9, the"))

    result = run("check", "bad.md")

    assert result.exit_code == 1
    assert "two provisions are numbered D1.1" in result.stdout
    assert "'Section D9.9' names nothing in this text" in result.stdout
    assert json.loads(run("check", "bad.md", "--json").stdout)[0]["about"] == "references"


def test_slips_in_the_numbers_are_remarked_upon_by_every_command(files):
    (files / "bad.md").write_text(OLD.replace("D1.2 The", "D1.0 The"))

    result = run("read", "bad.md")

    assert result.exit_code == 0
    assert result.stderr == "bad.md: Section D: D1.0 comes after D1.1\n"


def test_what_cannot_be_read_is_refused_in_one_line(files):
    done("changes", "old.md", "new.md", "--out", "set.json")
    (files / "broken.docx").write_bytes(b"PK\x03\x04 no zip")
    (files / "latin.txt").write_bytes(b"caf\xe9")

    assert refused("read", "none.md").startswith("There is no file none.md.")
    assert refused("read", "set.json").startswith("set.json is a change set, not a text.")
    assert refused("apply", "old.md", "new.md").startswith("new.md is not a change set.")
    assert refused("read", "broken.docx").startswith("broken.docx: ")
    assert refused("read", "latin.txt").startswith("latin.txt is not text in UTF-8")
    assert refused("read", "old.md", "--changes").startswith("old.md is not a Word file")
    assert refused("apply", "old.md", ".").startswith(". is a folder.")
    for each in ("none.md", "set.json", "broken.docx", "latin.txt"):
        assert "\n" not in refused("read", each)


def test_a_picture_is_no_text_whatever_it_is_called(files):
    (files / "picture.docx").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))

    assert refused("read", "picture.docx").startswith("picture.docx is not a text. Give JSON")


def test_a_name_of_several_lines_is_told_in_one(files):
    (files / "two\nlines.json").write_text("{")

    assert refused("read", "two\nlines.json").startswith("two\\nlines.json is not whole")
    assert refused("read", "no\nfile.json").count("\n") == 0


def test_what_is_no_list_of_resolutions_is_said_to_be_what_it_is(files):
    done("changes", "old.md", "new.md", "--out", "mp1.json")
    done("merge", "old.md", "mp1.json", "--out", "made.json", "--conflicts", "conflicts.json")

    for name, kind in (
        ("conflicts.json", "report of a merge"),
        ("made.json", "document"),
        ("mp1.json", "change set"),
    ):
        told = refused("merge", "old.md", "mp1.json", "--out", "x.json", "--resolutions", name)
        assert told.startswith(f"{name} is a {kind}, not a list of resolutions.")


def test_an_input_is_never_written_over(files):
    assert "would be overwritten" in refused("convert", "old.md", "./old.md")
    assert "would be overwritten" in refused("compare", "old.md", "new.md", "--out", "new.md")
    assert (files / "old.md").read_text() == OLD


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "old.md", "--sideways"),
        ("read", "old.md", "--before", "--after"),
        ("convert", "old.md", "new.json", "--before", "--after"),
        ("compare", "old.md"),
        ("compare", "old.md", "new.md", "--format", "pdf"),
        ("compare", "old.md", "new.md", "--format", "docx"),
        ("merge", "old.md"),
        ("merge", "old.md", "set.json", "--out", "one.json", "--conflicts", "one.json"),
        ("apply", "old.md", ""),
        ("fold",),
    ],
)
def test_wrong_use_exits_with_2(files, arguments):
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_shows_an_example(command):
    told = done(command, "--help")

    assert "Example" in told
    assert f"engross text {command}" in told


def process(*arguments, code="from engross.cli import main; main()", **options):
    ran = [sys.executable, "-c", code, "text", *arguments]
    return subprocess.run(ran, capture_output=True, text=True, check=False, **options)


def test_a_comparison_of_json_imports_nothing_that_it_does_not_need(files):
    done("convert", "old.md", "old.json")
    done("convert", "new.md", "new.json")
    tell = (
        "import sys; from engross.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "print(*sys.modules, file=sys.stderr)"
    )

    ran = process("compare", "old.json", "new.json", "--format", "json", code=tell)

    assert json.loads(ran.stdout)["entries"]
    loaded = set(ran.stderr.split())
    slow = {
        "django",
        "rich",
        "lxml",
        "typing_extensions",
        "zipfile",
        "calendar",
        "email",
        "tempfile",
    }
    assert not loaded & slow


def test_a_process_that_ends_at_once_has_written_everything(files):
    ran = process("compare", "old.md", "new.md", "--out", "found.json")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads((files / "found.json").read_bytes())["entries"]


def test_a_reader_that_has_seen_enough_is_no_fault(files):
    lines = "".join(f"D1.{at} The Panel shall meet each month.\n" for at in range(1, 9000))
    (files / "long.txt").write_text("# Section D: Long\n\n## D1 Long\n" + lines)
    asked = "from engross.cli import main; main()"

    with subprocess.Popen(
        [sys.executable, "-c", asked, "text", "read", "long.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as reading:
        reading.stdout.readline()
        reading.stdout.close()
        assert reading.stderr.read() == b""
