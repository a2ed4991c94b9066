"""How what was found is shown: the words around, mistakes corrected, addresses recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.search import corrected, marked, possible_addresses, read_query, snippet

WORDS = {"metering": 40, "supply": 30, "supplier": 20, "notice": 10, "notices": 3, "party": 90}
TOLD = "Each Supplier meters what it supplies, by a meter. "


def _hits(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


def test_a_snippet_shows_where_most_of_the_words_stand_in_any_of_their_forms():
    text = "Nothing here. " * 40 + TOLD + "x " * 400
    pieces = snippet(text, read_query("metering supplier suppl*"))
    assert _hits(pieces) == ["Supplier", "meters", "supplies", "meter"]
    assert pieces[0].text.startswith("…")
    assert sum(len(piece.text) for piece in pieces) < 300


def test_a_text_without_the_words_is_shown_from_its_beginning():
    assert snippet("Just this.", read_query("other"))[0].text == "Just this."


@given(st.text(max_size=2000), st.text(max_size=60))
def test_marking_changes_no_letter(text, words):
    assert "".join(piece.text for piece in marked(text, read_query(words))) == text
    whole = " ".join(text.split())
    shown = "".join(piece.text for piece in snippet(text, read_query(words)))
    assert shown.removeprefix("… ").removesuffix(" …") in whole


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("metring", "metering"),
        ('"Metring notise" -x', '"metering notice" -x'),
        ("suplyer", ""),  # two letters wrong of seven
        ("supllier", "supplier"),
        ("metering", ""),
        ("mp078", ""),
        ("the", ""),
        ("kind:metring", ""),
    ],
)
def test_mistakes_are_corrected_by_the_words_there_are(typed, meant):
    assert corrected(typed, read_query(typed), WORDS) == meant


@given(st.text(max_size=80))
def test_a_correction_only_tells_words_of_the_vocabulary(typed):
    meant = corrected(typed, read_query(typed), WORDS)
    if meant:
        assert set(read_query(meant).words) <= set(read_query(typed).words) | set(WORDS)


@pytest.mark.parametrize(
    ("typed", "document", "number"),
    [
        ("D7.2(a)", "Section D", "D7.2(a)"),
        ("d7.2 (a)", "Section D", "D7.2(a)"),
        ("Section D7.2", "Section D", "D7.2"),
        ("section D", "Section D", ""),
        ("clause D7.2(a)", "Section D", "D7.2(a)"),
        ("Appendix L 5.1", "Appendix L", "5.1"),
        ("appendix l, 5.1", "Appendix L", "5.1"),
        ("APPENDIX AB", "Appendix AB", ""),
        ("Schedule 8", "Schedule 8", ""),
        ("Section D 7.2", "Section D", "D7.2"),
    ],
)
def test_addresses_are_recognised_however_they_are_written(typed, document, number):
    assert tuple(possible_addresses(typed)[0]) == (document, number)


@given(st.text(max_size=120))
def test_any_text_may_be_an_address_or_none(typed):
    for address in possible_addresses(typed):
        assert address.slug
