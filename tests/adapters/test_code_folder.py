"""Codes on the disk: the real ones load, and what cannot be read says where and why."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from engross.adapters.code_folder import (
    LARGEST_FILE_BYTES,
    available_codes,
    code_folder,
    codes_root,
    load_code,
)
from engross.adapters.code_reference import (
    main,
    reference_pages,
    told_code,
    write_reference_pages,
)
from engross.cli.check_code import check_code
from engross.core.codes import CodeProblem, CodeRefused

ROOT = Path(__file__).parents[2]
LAST_OF_SEPTEMBER = date(2021, 9, 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example code, to be spoilt."""
    return Path(shutil.copytree(ROOT / "codes" / "example", tmp_path / "example"))


def problems_in(folder: Path) -> tuple[CodeProblem, ...]:
    """Return what is wrong with the code in a folder."""
    with pytest.raises(CodeRefused) as caught:
        load_code(folder)
    return caught.value.problems


@pytest.mark.parametrize("key", ["sec", "example", "sec-code-manager"])
def test_each_code_of_the_repository_loads_by_its_key(key):
    assert load_code(key).key == key
    assert key in available_codes()


def test_a_code_that_extends_another_has_all_of_it_but_what_it_changes(tmp_path):
    root = Path(shutil.copytree(ROOT / "codes", tmp_path / "codes"))
    own, base = load_code(root / "sec-code-manager"), load_code(root / "sec")
    assert own.parameters == base.parameters
    assert own.option("proposal_stages", "refine").texts("decided_by") == ("code-manager",)
    assert base.option("proposal_stages", "refine").texts("decided_by") == ("csc",)
    head = root / "sec-code-manager" / "code.toml"
    for wrong, told in (("sek", "which is no code"), ("sec-code-manager", "which is no code")):
        head.write_text(head.read_text().replace('extends = "sec"', f'extends = "{wrong}"'))
        assert told in str(problems_in(head.parent)[0])
        head.write_text(head.read_text().replace(f'extends = "{wrong}"', 'extends = "sec"'))
    bodies = root / "sec" / "lists" / "bodies.toml"
    bodies.write_text("[")
    assert any(each.file == "codes/sec/lists/bodies.toml" for each in problems_in(head.parent))


def test_the_sec_has_six_party_categories_of_which_the_dcc_does_not_vote():
    categories = load_code("sec").options("party_categories", on=LAST_OF_SEPTEMBER)

    assert {each.key for each in categories if not each.flag("votes")} == {"dcc"}
    assert {each.key for each in categories if each.flag("is_supplier")} == {
        "large-suppliers",
        "small-suppliers",
    }
    assert {each.key for each in categories if each.flag("is_network")} == {
        "electricity-networks",
        "gas-networks",
    }
    assert len(categories) == 6


def test_the_sec_charts_four_stages_and_has_one_more_that_is_open():
    stages = load_code("sec").options("proposal_stages", on=LAST_OF_SEPTEMBER)

    charted = [stage.text("printed") for stage in stages if stage.flag("is_charted")]
    assert charted == ["Define", "Refine", "Opine", "Release"]
    assert [stage.key for stage in stages if stage.flag("is_open")] == [
        *("define", "refine", "opine", "awaiting-authority"),
    ]


def test_the_development_stage_holds_from_november_2018():
    code = load_code("sec")

    before = code.options("proposal_stages", on=date(2018, 10, 31))
    after = code.options("proposal_stages", on=date(2018, 11, 1))
    assert "initial" in {stage.key for stage in before}
    assert "define" not in {stage.key for stage in before}
    assert "initial" not in {stage.key for stage in after}
    assert "define" in {stage.key for stage in after}


@pytest.mark.parametrize(
    ("list_name", "text", "key"),
    [
        ("party_categories", "Other SEC Parties", "other-sec-parties"),
        ("party_categories", "Electricity Network Parties", "electricity-networks"),
        ("party_category_groups", "Electricity Suppliers", "suppliers"),
        ("bodies", "SMKI PMA", "smki-pma"),
        ("bodies", "Smart Meter Device Assurance (SMDA) Sub-Committee", "smda"),
        ("bodies", "Operations Group", "opsg"),
        ("decision_outcomes", "approved (self-governance)", "approved"),
        ("decision_outcomes", "recommended for approval by the Authority", "recommended-approve"),
        ("proposal_stages", "Pending Implementation", "release"),
        ("assessment_kinds", "PA", "pa"),
        ("helpdesk_topics", "Party/RDP Signifiers", "signifiers"),
    ],
)
def test_words_of_real_papers_and_pages_find_their_option(list_name, text, key):
    matched = load_code("sec").match(list_name, text)

    assert matched is not None
    assert matched.key == key


def test_the_codes_share_no_stage_category_body_country_or_parameter_value():
    sec, example = load_code("sec"), load_code("example")

    for name in ("proposal_stages", "party_categories", "bodies"):
        keys = [{option.key for option in code.options(name)} for code in (sec, example)]
        assert not keys[0] & keys[1]
    assert (example.calendar.country, example.calendar.nation) == ("IE", None)
    target = example.option("assessment_kinds", "survey").text("target_parameter")
    assert example.parameter(target, on=date(2021, 1, 3)) == 9
    assert example.parameter(target, on=date(2021, 1, 4)) == 7


def test_a_product_that_moved_to_another_driver_is_found_as_it_was():
    example = load_code("example")

    drivers = [
        example.option("effort_products", "visits", on=day).text("driver")
        for day in (date(2019, 6, 30), date(2019, 7, 1))
    ]
    assert drivers == ["councils", "members"]


def test_broken_toml_is_told_with_file_and_line_beside_every_other_problem(folder):
    (folder / "lists" / "bodies.toml").write_text("meaning = 'x'\nclause = = 2\n")
    (folder / "lists" / "bases.toml").unlink()

    bodies, bases = sorted(problems_in(folder), key=lambda p: p.what)

    assert bodies.file == "codes/example/lists/bodies.toml"
    assert "line 2" in bodies.what
    assert (bases.file, bases.what) == ("codes/example/lists/bases.toml", "The file is missing")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"name = '\xff'", "Byte 8 is not UTF-8"),
        (b"\xff\xfea\x00", "Byte 0 is not UTF-8"),
        (b"#" * (LARGEST_FILE_BYTES + 1), "no plain file of at most 256 KB"),
        (b"a = " + b"[\n" * 100_000, "recursion"),
        (b"a = " + b"{a=" * 1_300, "recursion"),
        (b"a = " + b"[" * 100_000, "longer than 4000 characters"),
        (b"a = {" + b".".join([b"a"] * 100_000) + b" = 1}", "longer than 4000 characters"),
        (b"a = 1\na = 2", "Cannot overwrite a value"),
        (b"a = 0x" + b"f" * 3_900, "a very large number"),
        (b"a = 1e99999999999999999999", "It is not TOML"),
    ],
)
def test_a_file_that_is_no_honest_toml_is_refused_at_once(folder, content, what):
    (folder / "parameters.toml").write_bytes(content)

    (problem, *_) = problems_in(folder)

    assert problem.file == "codes/example/parameters.toml"
    assert what in problem.what


def test_a_folder_in_place_of_a_file_is_refused(folder):
    (folder / "code.toml").unlink()
    (folder / "code.toml").mkdir()

    (problem,) = problems_in(folder)

    assert problem.file == "codes/example/code.toml"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(folder):
    (folder / "parameters.toml").unlink()
    os.mkfifo(folder / "parameters.toml")

    assert [problem.file for problem in problems_in(folder)] == ["codes/example/parameters.toml"]


def test_a_key_that_differs_from_its_folder_and_a_zone_that_is_none_are_refused(folder):
    head = folder / "code.toml"
    text = head.read_text().replace('"example"', '"exmaple"').replace("Dublin", "Dublinn")
    head.write_text(text)

    assert {problem.key for problem in problems_in(folder)} == {"key", "calendar, time_zone"}


def test_no_such_folder_is_refused(tmp_path):
    (problem,) = problems_in(tmp_path / "nowhere")

    assert problem.what == "There is no such folder"


def test_a_code_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(LookupError, match=r"There is no code 'secc'\. Write 'sec'"):
        code_folder("secc")


def test_the_environment_names_another_folder_of_codes(folder, monkeypatch):
    monkeypatch.setenv("ENGROSS_CODES", str(folder.parent))
    assert available_codes() == ("example",)

    monkeypatch.setenv("ENGROSS_CODES", str(folder.parent / "none"))
    with pytest.raises(LookupError, match="which is no folder"):
        codes_root()


def test_a_key_cannot_lead_out_of_the_folder_of_codes():
    with pytest.raises(LookupError, match="There is no code"):
        load_code("../codes/sec")


def test_the_reference_pages_are_those_that_the_data_gives():
    pages = reference_pages(map(told_code, available_codes()))

    for name, text in pages.items():
        kept = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert kept == text, f"{name} is stale: run python -m engross.adapters.code_reference"


def test_one_page_can_be_printed_and_an_unknown_one_is_named_with_the_nearest(capsys):
    assert main(["assumptions.md"]) == 0
    kept = (ROOT / "docs" / "reference" / "assumptions.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == kept

    assert main(["asumptions.md"]) == 2
    assert "Write 'assumptions.md'" in capsys.readouterr().err


def test_everything_assumed_stands_on_the_page_of_assumptions(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("ENGROSS_CODES", str(folder.parent))
    topics = folder / "lists" / "helpdesk_topics.toml"
    topics.write_text(topics.read_text().replace('name = "Oil"', 'name = "Oil"\nsure = "assumed"'))

    written = write_reference_pages(tmp_path / "pages")

    assert sorted(path.name for path in written) == ["assumptions.md", "code-example.md"]
    page = (tmp_path / "pages" / "assumptions.md").read_text()
    assert "| lists/helpdesk_topics.toml | oil | Oil. |" in page
    assert "| parameters.toml | newsletter_views_editions |" in page
    assert "| report_span |" not in page


def test_check_code_counts_what_is_sound_and_names_what_is_not(folder, monkeypatch):
    monkeypatch.setenv("ENGROSS_CODES", str(folder.parent))
    sound = CliRunner().invoke(check_code, [])
    code = load_code(folder)
    lists = [each for each in code.lists.values() if len(each)]
    options = sum(map(len, lists))
    told = f"codes/example: {len(lists)} lists, {options} options, no problems\n"
    assert (sound.exit_code, sound.output) == (0, told)

    (folder / "lists" / "bases.toml").unlink()
    refused = CliRunner().invoke(check_code, ["example"])
    assert refused.exit_code == 1
    assert "codes/example/lists/bases.toml: The file is missing. Add it" in refused.output

    unknown = CliRunner().invoke(check_code, ["exampel"])
    assert unknown.exit_code == 2
    assert "Write 'example'" in unknown.output
