"""Addresses across documents, as people write them and as a web address carries them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.numbers import (
    Address,
    address_from_slug,
    document_key,
    parse_address,
)

NAMES = st.sampled_from(
    ["Section D", "Section X", "Schedule 5", "Appendix AB", "Bylaws"]
) | st.text(min_size=1, max_size=12).map(lambda name: f"Rules {name}")


@pytest.mark.parametrize(
    ("address", "printed", "slug"),
    [
        (Address("Section D", "D7.2"), "Section D7.2", "section/D/7.2"),
        (Address("Section D"), "Section D", "section/D"),
        (Address("Appendix L", "5.1(a)"), "Appendix L, 5.1(a)", "appendix/L/5.1(a)"),
        (Address("Appendix AB"), "Appendix AB", "appendix/AB"),
        (Address("Schedule 5", "2"), "Schedule 5, 2", "schedule/5/2"),
        (Address("Section D", "1.1"), "Section D, 1.1", "section/D/=1.1"),
        (Address("Bylaws", "3"), "Bylaws, 3", "document/Bylaws/3"),
    ],
)
def test_an_address_is_printed_put_in_a_path_and_read_back(address, printed, slug):
    assert (str(address), address.slug) == (printed, slug)
    assert address_from_slug(slug) == address
    assert parse_address(printed) == address


def test_a_sections_number_is_an_address_by_itself():
    assert parse_address("D7.2(a)") == Address("Section D", "D7.2(a)")
    assert parse_address("Appendix L §5") == Address("Appendix L", "5")


def test_documents_sort_by_family_and_then_by_letter():
    ordered = [
        "Section A", "Section D", "Schedule 5", "Schedule 10", "Appendix B", "Appendix Z",
        "Appendix AA", "Appendix AB", "Rules",
    ]  # fmt: skip
    assert sorted(Random(1).sample(ordered, len(ordered)), key=document_key) == ordered


@pytest.mark.parametrize("slug", ["", "section", "section/", "law/D/7", "section/D/7/2"])
def test_a_path_that_names_nothing_is_refused(slug):
    with pytest.raises(ValueError, match="path"):
        address_from_slug(slug)


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_is_no_address(text):
    with pytest.raises(ValueError, match="address"):
        parse_address(text)


@given(NAMES, st.text(max_size=12))
def test_every_address_survives_its_path(document, number):
    assert address_from_slug(Address(document, number).slug) == Address(document, number)


@given(st.lists(st.tuples(NAMES, st.text(max_size=6))))
def test_any_addresses_have_one_order(pairs):
    addresses = sorted((Address(*pair) for pair in pairs), key=lambda each: each.sort_key)
    again = sorted(Random(1).sample(addresses, len(addresses)), key=lambda each: each.sort_key)
    assert again == addresses


@given(st.text(min_size=1, max_size=30).filter(str.strip))
def test_anything_a_person_types_is_an_address_of_something(text):
    assert isinstance(parse_address(text), Address)
