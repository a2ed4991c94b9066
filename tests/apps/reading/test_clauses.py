"""A clause of its own, terms, and what opens in place."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored")]
IN_PLACE = {"HX-Request": "true", "HX-Target": "reader-panel"}


def page(address: str, headers: dict[str, str] | None = None) -> str:
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_clause_says_what_it_stands_under_beside_and_where_it_is_used():
    shown = page("/code/section/D/7.2/2020-03-01/")

    assert '<a href="/code/section/D/7/2020-03-01/">D7 Reports</a>' in shown
    assert 'href="/code/section/D/7.1/2020-03-01/" rel="prev"' in shown
    assert 'href="/code/section/D/7.3/2020-03-01/" rel="next"' in shown
    assert "Section A1.1, Final Report</a>" in shown
    assert "<q>Section D7.2 (Final Report)</q>" in shown
    assert "<strong>entitles</strong>" in shown
    assert 'data-copy="/code/section/D/7.2/2020-03-01/"' in shown


def test_its_links_lead_to_other_pages_for_it_is_not_the_whole_document():
    shown = page("/code/section/D/7.1/")

    assert 'class="reference" href="/code/section/D/#D7.2"' in shown


def test_a_clause_opens_in_place_as_itself_alone():
    shown = page("/code/section/D/7.1/", IN_PLACE)

    assert "<html" not in shown
    assert "tell the" in shown
    assert " id=" not in shown


def test_a_term_opens_in_place_with_its_limbs():
    shown = page("/code/terms/device/", IN_PLACE)

    assert "<html" not in shown
    assert "a meter; or" in shown
    assert "a hub." in shown


def test_a_pointer_quotes_what_it_points_at():
    shown = page("/code/terms/final-report/")

    assert "has the meaning given" in shown
    assert "Section D7.2 says:" in shown
    assert "may publish a report" in shown
    assert "[what it points at is not found in the text]" in page("/code/terms/lost-thing/")


def test_a_term_says_where_it_is_used_and_its_other_meaning():
    general = page("/code/terms/panel/?as_at=2020-03-01")
    local = page("/code/terms/panel/?in=appendix/L")

    assert "4 times, in 1 document." in general
    assert "in Appendix L</a>" in general
    assert "means this in Appendix L" in local
    assert "recovery panel" in local


def test_the_glossary_is_searched_and_says_what_is_local():
    assert "8 terms" not in page("/code/terms/?q=zebra")
    shown = page("/code/terms/?q=PAN")

    assert "<strong>2</strong> terms" in shown
    assert "binds in Appendix L only" in shown
    assert "No term holds those words" in page("/code/terms/?q=zebra")


@pytest.mark.parametrize("address", ["/code/terms/no-such/", "/code/terms/panel/?in=section/Q"])
def test_an_unknown_term_is_told_with_what_is_near(address: str):
    answer = Client().get(address)

    assert answer.status_code == 404
    assert "The code defines no such term" in answer.content.decode()
