"""Canonical JSON: what is read back, and how a fault is told."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.adapters.legaltext.canonical_json import code_from_json, json_from_code, json_schema
from engross.adapters.legaltext.change_set_json import change_set_from_json
from engross.core.legaltext.provisions import Code, text_hash
from engross.core.refusals import Refused
from tests.support.legal_texts import codes


def refusal(content, read=code_from_json):
    with pytest.raises(Refused) as refused:
        read(content, name="d.json")
    (reason,) = refused.value.reasons
    return reason.what


@given(codes())
def test_a_text_keeps_its_hash_through_json(code):
    again = code_from_json(json_from_code(code), name="d.json")

    assert text_hash(again) == text_hash(code)


@given(codes(max_documents=1).filter(lambda code: len(code.documents) == 1))
def test_one_document_is_written_with_every_key_of_the_format(code):
    (document,) = code.documents
    written = json.loads(json_from_code(Code((document,))))

    assert list(written) == ["document", "title", "language", "provisions"]
    for provision in written["provisions"]:
        assert list(provision)[:4] == ["id", "number", "heading", "text"]
        assert "children" in provision


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('{"document": 4}', "d.json, document: expected text, found a number"),
        (
            '{"document": "D", "provisions": [{}, {"children": [{}, {"number": 3}]}]}',
            "d.json, provisions[1].children[1].number: expected text, found a number",
        ),
        (
            '{"documents": [{"document": "D"}, {"document": "E", "title": null}]}',
            "d.json, documents[1].title: expected text, found nothing",
        ),
        (
            '{"document": "D", "provisions": [{"table": {"rows": [["a"], ["b", 2]]}}]}',
            "d.json, provisions[0].table.rows[1][1]: expected text, found a number",
        ),
        (
            '{"document": "D", "provisions": [{"children": {}}]}',
            "d.json, provisions[0].children: expected a list, found an object",
        ),
        ('{"title": "D"}', "d.json: 'document' is missing"),
        ('{"document": "D", "titel": ""}', "d.json: 'titel' is not known here"),
        ("[1]", "d.json: expected an object, found a list"),
        ('{"document": "D"} more', "d.json is not JSON, line 1: trailing characters"),
        ('{"document": "D",\n\n "title": NaN}', "d.json is not JSON, line 3: invalid character"),
        ('{"document": "D"', "d.json is not whole: it ends in the middle"),
        ('{"operations": []}', "d.json is a change set, not a text"),
        ('{"entries": [], "summary": {}}', "d.json is a comparison, not a text"),
        ('{"base": "", "conflicts": []}', "d.json is a report of a merge, not a text"),
        ('{"resolutions": []}', "d.json is a list of resolutions, not a text"),
        ("[" * 100_000, "d.json is nested deeper than 64 levels"),
        (
            '{"document": "D", "provisions": ' + '[{"children": ' * 9000 + "[]" + "}]" * 9000 + "}",
            "d.json is nested deeper than 64 levels",
        ),
        (
            '{"document": "D", "provisions": ' + '[{"children": ' * 70 + "[]" + "}]" * 70 + "}",
            "d.json: D is nested deeper than 64 levels",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(content, what):
    assert refusal(content.encode()) == what


def test_a_text_is_no_change_set():
    what = refusal(b'{"document": "D", "provisions": []}', change_set_from_json)

    assert what == "d.json is a text, not a change set"


def test_a_fault_in_a_change_set_is_told_with_its_place():
    content = {
        "change_set": "MP1",
        "operations": [
            {"op": "renumber", "key": "p-1", "old": "D1", "new": "D2"},
            {"op": "renumber", "key": "p-2", "old": "D3", "new": 4},
        ],
    }

    what = refusal(json.dumps(content).encode(), change_set_from_json)

    assert what == "d.json, operations[1].new: expected text, found a number"


def read_or_refused(content):
    try:
        return code_from_json(content, name="d.json")
    except Refused as refused:
        return refused


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_a_text_or_a_refusal(content):
    found = read_or_refused(content)

    assert isinstance(found, Code) or all("d.json" in each.what for each in found.reasons)


KEYS = ["document", "provisions", "children", "inlines", "table", "rows", "id"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["document", "provisions", "children", "inlines", "table", "rows", "id"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_a_text_or_a_refusal(value):
    found = read_or_refused(msgspec.json.encode(value))

    assert isinstance(found, Code) or found.reasons


def test_the_schema_speaks_of_documents_and_codes_and_allows_no_other_key():
    schema = json_schema()

    assert [each["$ref"] for each in schema["anyOf"]] == ["#/$defs/Document", "#/$defs/Code"]
    assert schema["$defs"]["Provision"]["additionalProperties"] is False


def test_an_empty_list_of_marks_is_none_so_that_a_text_has_one_form():
    spaced = b'{"document": "D", "provisions": [{"children": [{"text": "x", "inlines": [ ]}]}]}'
    plain = b'{"document": "D", "provisions": [{"children": [{"text": "x"}]}]}'

    assert code_from_json(spaced, name="x.json") == code_from_json(plain, name="y.json")
