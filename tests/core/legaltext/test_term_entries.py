"""Terms as a glossary lists them."""

from hypothesis import given
from hypothesis import strategies as st

from engross.core.legaltext.terms import EVERYWHERE, Definition, Scope, entries_of


def defined(term: str, scope: Scope = EVERYWHERE) -> Definition:
    return Definition(term, 1, 0, len(term), "full", scope)


def test_definitions_that_bind_alike_are_one_term_and_a_local_one_is_another() -> None:
    local = Scope("Appendix L")
    found = entries_of(
        [defined("Panel"), defined("Device"), defined("Panel", local), defined("Panel")]
    )

    assert [(each.term, each.scope, each.definitions) for each in found] == [
        ("Device", EVERYWHERE, (1,)),
        ("Panel", EVERYWHERE, (0, 3)),
        ("Panel", local, (2,)),
    ]
    assert [each.slug for each in found] == ["device", "panel", "panel"]
    assert [each.is_local for each in found] == [False, False, True]


@given(st.lists(st.text(min_size=1, max_size=6), max_size=12))
def test_no_two_terms_share_an_address_and_none_is_empty(terms: list[str]) -> None:
    slugs = {each.term: each.slug for each in entries_of([defined(term) for term in terms])}

    assert set(slugs) == set(terms)
    assert len(set(slugs.values())) == len(slugs)
    assert all(slug and "/" not in slug and slug.strip() == slug for slug in slugs.values())
