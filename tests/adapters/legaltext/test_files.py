"""Files of legal text: known by their content, refused in one line, written whole."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.adapters.legaltext import whole_files
from engross.adapters.legaltext.canonical_json import json_from_code
from engross.adapters.legaltext.files import read_text, text_in, write_text
from engross.adapters.legaltext.whole_files import read_whole, write_whole
from engross.core.legaltext.provisions import Code, Document, Inline, Provision, text_hash
from engross.core.refusals import Refused
from tests.support.legal_texts import codes

CLAUSE = Provision(number="D1", heading="Raising", text="Any Party may raise a proposal.")
CODE = Code((Document("Section D", "Modification Process", "en", (CLAUSE,)),))
MARKDOWN = "# Section D: Modification Process\n\n## D1 Raising\n\nAny Party may raise a proposal.\n"
JSON = json_from_code(CODE)


def refusal(do, *arguments, **named):
    with pytest.raises(Refused) as refused:
        do(*arguments, **named)
    (reason,) = refused.value.reasons
    return reason.what


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JSON, "json"),
        (b"\xef\xbb\xbf" + JSON, "json"),
        (JSON.decode().encode("utf-16"), "json"),
        (MARKDOWN.encode(), "text"),
        (b"\xef\xbb\xbf" + MARKDOWN.encode(), "text"),
        (MARKDOWN.encode("utf-16"), "text"),
        (MARKDOWN.replace("\n", "\r\n").encode(), "text"),
    ],
)
def test_the_content_tells_what_a_file_is(content, kind):
    read = text_in(content, name="anything.bin", stem="anything")

    assert read == (kind, CODE, ())


@pytest.mark.parametrize("ending", ["json", "md", "xml", "docx"])
def test_what_is_written_in_a_format_is_read_back(tmp_path, ending):
    path = tmp_path / f"d.{ending}"

    assert write_text(CODE, path) == []

    assert read_text(path).code == CODE


@given(codes())
def test_a_text_keeps_its_hash_in_a_folder(tmp_path_factory, code):
    if not code.documents:
        return
    folder = tmp_path_factory.mktemp("code")
    write_text(code, folder)

    again = read_text(folder).code

    def key(document):
        return document.document

    assert sorted(again.documents, key=key) == sorted(code.documents, key=key)


def test_a_folder_is_a_code_in_its_order(tmp_path):
    for name in ("Appendix A", "Section D", "Schedule 2", "Section B"):
        write_text(Code((Document(name),)), tmp_path / f"{len(name)}{name[-1]}.json")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "~$lock.docx").write_bytes(b"")

    read = read_text(tmp_path)

    names = [document.document for document in read.code.documents]
    assert names == ["Section B", "Section D", "Schedule 2", "Appendix A"]
    assert read.remarks == ("picture.png is passed over",)


def test_two_files_of_a_folder_that_hold_one_document_are_refused(tmp_path):
    (tmp_path / "a.md").write_text(MARKDOWN)
    (tmp_path / "b.json").write_bytes(JSON)

    assert refusal(read_text, tmp_path) == f"{tmp_path}/b.json and a.md both hold 'Section D'"


def test_a_folder_without_a_text_is_refused(tmp_path):
    assert refusal(read_text, tmp_path) == f"{tmp_path} holds no text"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "x is empty"),
        (b" \n ", "x is empty"),
        (b"%PDF-1.7", "x is a PDF, not a text"),
        (b"ab\x00cd", "x is not a text"),
        (b"D1 One\nD2 tw\xe9", "x is not text in UTF-8 or UTF-16 (line 2)"),
        (b"\xff\xfea", "x is not text in UTF-8 or UTF-16 (line 1)"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(content, what):
    assert refusal(text_in, content, name="x", stem="x") == what


@given(st.binary(max_size=80) | st.text(max_size=40).map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_a_text_or_a_refusal(content):
    for opening in (b"", b"PK\x03\x04", b"<?xml version='1.0'?>", b"\xd0\xcf\x11\xe0", b"{"):
        try:
            read = text_in(opening + content, name="x", stem="x")
        except Refused as refused:
            read = refused
        assert isinstance(read, Refused) or read.code.documents


def test_a_file_that_is_not_there_or_not_to_be_read_is_refused(tmp_path):
    missing = tmp_path / "none.json"

    assert refusal(read_text, missing) == f"There is no file {missing}"
    assert refusal(read_whole, tmp_path) == f"{tmp_path} is a folder"


def test_a_file_larger_than_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "large.json"
    path.touch()
    os.truncate(path, 200_000_000)

    assert refusal(read_text, path) == f"{path} is larger than 64 MB"


def test_a_format_that_the_name_does_not_say_is_refused(tmp_path):
    what = refusal(write_text, CODE, tmp_path / "d.odt")

    assert what == f"{tmp_path}/d.odt does not say which format"


def document_of(*provisions):
    return Code((Document("Section D", provisions=provisions),))


def test_what_a_format_cannot_carry_is_told(tmp_path):
    marks = (Inline("strong", 0, 5), Inline("emphasis", 3, 9))
    marked = document_of(Provision(text="Any Party", inlines=marks))
    nested = document_of(Provision(text="one", children=(Provision(text="two"),)))
    odd = document_of(Provision(number="D1", heading=""))

    assert write_text(odd, tmp_path / "d.md") == ["Section D: an empty heading of D1"]
    assert write_text(marked, tmp_path / "d.md") == [
        "Section D: marks (emphasis, strong) of an unnumbered paragraph"
    ]
    assert write_text(nested, tmp_path / "d.md") == []
    assert write_text(CODE, tmp_path / "d.txt") == []
    assert write_text(marked, tmp_path / "d.txt") == ["the marks over 1 paragraph"]
    assert write_text(nested, tmp_path / "d.txt") == [
        "Section D: what stands under what, where numbers do not say it"
    ]


def test_a_file_that_was_read_is_not_written_over(tmp_path):
    path = tmp_path / "d.json"
    path.write_bytes(JSON)
    link = tmp_path / "link.json"
    link.symlink_to(path)

    what = refusal(write_text, CODE, link, not_over=(path,))

    assert what == f"{link} is what was given to be read, and would be overwritten"
    assert path.read_bytes() == JSON


def test_a_write_that_fails_leaves_what_stood_there(tmp_path, monkeypatch):
    path = tmp_path / "d.json"
    path.write_bytes(b"old")

    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_files.Path, "replace", no_space)

    assert "No space left" in refusal(write_whole, path, b"new")
    assert [each.name for each in tmp_path.iterdir()] == ["d.json"]
    assert path.read_bytes() == b"old"


def test_a_link_is_written_through_and_a_mode_kept(tmp_path):
    path, link = tmp_path / "d.json", tmp_path / "link.json"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)

    write_whole(link, b"new")

    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_text_keeps_its_hash_from_markdown_to_json(tmp_path):
    write_text(CODE, tmp_path / "d.md")
    write_text(read_text(tmp_path / "d.md").code, tmp_path / "d.json")

    assert text_hash(read_text(tmp_path / "d.json").code) == text_hash(CODE)
