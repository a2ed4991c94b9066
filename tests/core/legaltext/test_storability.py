"""What cannot be kept is named with its place."""

import pytest
from msgspec import UNSET

from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, Document, Inline, Provision, Table
from engross.core.legaltext.storability import reasons_against_storing
from engross.core.legaltext.versions import next_number


def _against(*provisions: Provision, name: str = "Section D", title: str = "") -> list[str]:
    code = Code((Document(name, title, provisions=provisions),))
    return [reason.what for reason in reasons_against_storing(Places(code))]


@pytest.mark.parametrize(
    "provision",
    [
        Provision(number="D1", text="\x00"),
        Provision(number="D1", heading="é\ud800"),
        Provision(number="D1", text="a", inlines=(Inline("footnote", 0, 1, "\udfff"),)),
        Provision(number="D1", table=Table((("fine", "\x00"),))),
    ],
)
def test_a_character_that_is_none_is_found_wherever_it_hides(provision: Provision) -> None:
    assert _against(provision) == ["Section D1 holds a character that is none (NUL or half a pair)"]


def test_names_and_numbers_without_end_are_refused() -> None:
    assert "number" in _against(Provision(number="9" * 201))[0]
    assert "name" in _against(name="x" * 121)[0]
    assert "title" in _against(title="x" * 501)[0]
    assert _against(name=" ") == ["A document has no name"]


def test_ordinary_law_can_be_kept() -> None:
    table = Table((("£", "☃"), ()))
    assert _against(Provision(number="D1", text="\t\n😀", inlines=UNSET, table=table)) == []


@pytest.mark.parametrize(
    ("number", "later", "found"),
    [("", (), "1.0"), ("2.1", (), "3.0"), ("7", (), "8.0"), ("2.1", ("3.0",), "2.2"),
     ("1.0", ("1.1", "2.0"), "1.2"), ("", ("1.0",), "0.1"), ("draft", (), "1.0")],
)  # fmt: skip
def test_versions_of_a_document_count_on(number: str, later: tuple[str, ...], found: str) -> None:
    assert next_number(number, later=later) == found
