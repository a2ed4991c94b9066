"""What a stored file may be called."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.files import clean_name, kind_named, reasons_against_declared
from engross.core.files.names import LONGEST_NAME


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Minutes of 22 September.pdf", "Minutes of 22 September.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\SECP_97.docx", "SECP_97.docx"),
        ("a\x00b.pdf", "ab.pdf"),
        ("annual\u202efdp.exe", "annualfdp.exe"),
        ("page.html.png", "page-html.png"),
        ("MP078 v1.2.docx", "MP078 v1-2.docx"),
        (".htaccess", "htaccess"),
        ("..", "file"),
        ("", "file"),
        ("CON.txt", "CON-file.txt"),
        ('a"b;c\r\nSet-Cookie: x.csv', "a-b-cSet-Cookie- x.csv"),
        ("x" * 300 + ".pdf", "x" * (LONGEST_NAME - 11) + ".pdf"),
    ],
)
def test_a_name_is_cleaned(told, kept):
    assert clean_name(told) == kept


@given(st.text(max_size=400))
def test_no_name_leaves_its_folder_or_hides_what_it_is(told):
    name = clean_name(told)
    assert 0 < len(name) <= LONGEST_NAME
    assert not {"/", "\\", "\x00", '"', "\n", "\r"} & set(name)
    assert name.count(".") <= 1
    assert name.strip(" .") == name
    assert all(unicodedata.category(each)[0] not in "C" for each in name)
    assert clean_name(name) == name


def test_a_declared_type_must_be_of_the_kind_that_the_name_says():
    pdf = kind_named("paper.PDF")
    assert pdf is not None
    assert not list(reasons_against_declared(pdf, "application/pdf"))
    assert not list(reasons_against_declared(pdf, "application/octet-stream"))
    assert list(reasons_against_declared(pdf, "text/html; charset=utf-8"))
    assert kind_named("paper.exe") is None
    assert kind_named("paper") is None
