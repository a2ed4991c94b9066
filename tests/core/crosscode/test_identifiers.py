"""Other codes' changes are known by their code and the lasting part of their reference."""

import re

import pytest

from engross.adapters.code_folder import load_code
from engross.core.crosscode.identifiers import (
    change_name,
    code_called,
    codes_named,
    industry_codes,
    read_change,
)

CODES = industry_codes(load_code("sec"))


@pytest.mark.parametrize("key", ["sec", "example"])
def test_every_code_has_an_example_that_fits_its_form_and_one_of_them_is_this_code(key):
    codes = industry_codes(load_code(key))
    assert [each.key for each in codes if each.is_own] == [codes[0].key]
    for each in codes:
        name = change_name(each, each.example)
        assert name.is_known_form, each.key
        assert read_change(str(name), codes) == name
        assert re.compile(each.pattern)


def test_an_issue_and_the_change_it_goes_on_as_are_one():
    assert read_change("REC I0308", CODES).key == read_change("rec r0308", CODES).key == "rec/0308"


def test_blanks_and_letter_case_tell_no_two_references_apart():
    assert read_change("DCUSA DCP 417", CODES).key == read_change("dcusa dcp417", CODES).key
    assert str(read_change("MRA DTC CP 3405", CODES)) == "MRA DTC CP 3405"


def test_the_longer_of_two_names_counts():
    assert read_change("IGT UNC IGT159", CODES).key == "igt-unc/IGT159"


def test_a_reference_of_an_unknown_form_is_taken_as_written():
    name = read_change("SMICoP guidance note 3", CODES)
    assert (name.reference, name.key, name.is_known_form) == (
        "guidance note 3", "smicop/GUIDANCENOTE3", False,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "REC", "R0216", "Nobody R0216"])
def test_what_names_no_code_and_reference_is_no_change(text):
    assert read_change(text, CODES) is None


def test_a_cell_may_name_several_codes():
    found = codes_named("Smart Energy Code; DCUSA and bsc, the moon", CODES)
    assert [each.key for each in found] == ["sec", "dcusa", "bsc"]
    assert code_called("elexon", CODES).key == "bsc"


def test_the_real_references_of_other_codes_are_of_known_forms(corpus):
    lines = (corpus / "sec" / "cross_code_changes.csv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(",")[:2] for line in lines[1:]]
    unknown = [
        (code, reference)
        for code, reference in pairs
        if not change_name(code_called(code, CODES), reference).is_known_form
    ]
    assert len(pairs) == 29
    assert unknown == []
