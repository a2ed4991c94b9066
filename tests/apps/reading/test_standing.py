"""How far a text is out of date, and which documents go with it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from engross.apps.reading.queries import layers_as_at, sets_seen
from engross.apps.reading.queries.related import related_documents
from engross.apps.reading.queries.text_standing import text_standing
from engross.core.access import ANYONE
from engross.core.legaltext.provisions import Code
from tests import factories
from tests.support.composing import BASE, DAY, published, reworded, saved
from tests.support.stored_texts import clause, section

pytestmark = pytest.mark.django_db


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_days_before_and_after_today_are_told_apart():
    on, today = date(2019, 9, 30), date(2021, 9, 30)
    days = [date(2018, 1, 1), on, date(2020, 1, 1), today, date(2021, 11, 4)]

    found = text_standing(days, on=on, today=today, open_here=())

    assert found.changed_on == (date(2020, 1, 1), today)
    assert found.comes_on == (date(2021, 11, 4),)
    assert found.until == date(2020, 1, 1)


def test_a_text_that_changed_since_says_how_often_and_whether_the_clause_did():
    published()
    published(reworded(BASE, "D3", "A proposal shall be decided at once."), "47.0", days=30)

    document = page(f"/code/section/D/{DAY}/")
    other = page(f"/code/section/D/2/{DAY}/")

    assert "Out of date." in document
    assert "It has changed 1 time since." in document
    assert "this clause itself has not" in other
    assert "this clause itself 1 time" in page(f"/code/section/D/3/{DAY}/")
    assert "Out of date." not in page("/code/section/D/")
    assert "Out of date." not in page(f"/code/section/E/{DAY}/")


def test_a_text_says_until_when_it_holds_and_what_is_approved_and_waits():
    published()
    factories.proposal("MP078", raised_on=date(2021, 1, 4), moves=[("release", date(2021, 2, 1))])
    saved("faster", "D3", "A proposal shall be decided at once.", proposal="MP078")
    shown = page("/code/section/D/")

    assert "Changes are coming." in shown
    assert "1 approved change not yet in force" in shown
    assert "approved, awaiting a release" in shown
    assert "Changes are coming." not in page("/code/section/E/")


TERMS = Code((
    section("A", clause("A1", "In this Code, \u201cWidget\u201d means a thing of note.")),
    section("D", clause("D1", "Each Widget shall be kept as Section E1 says.")),
    section("E", clause("E1", "No Widget may be lost."), clause("E2", "See Section D1.")),
    section("F", clause("F1", "Nothing is said here of anything.")),
))  # fmt: skip


def test_related_documents_are_counted_both_ways_and_ranked():
    published(TERMS)
    code = layers_as_at(DAY + timedelta(days=1))
    assert code is not None

    found = {each.document: each for each in related_documents(code, "Section D", [])}

    assert (found["Section E"].refers, found["Section E"].referred) == (1, 1)
    assert next(iter(found)) == "Section E"
    assert "Section F" not in found


def test_change_sets_that_change_both_documents_tie_them():
    published()
    saved("first", "D3", "A proposal shall be decided at once.")
    code = layers_as_at(DAY)
    assert code is not None

    assert related_documents(code, "Section D", sets_seen(ANYONE)) == []
    shown = page("/code/section/D/related/")
    assert "It has nothing in common with any other document." in shown


def test_the_page_and_the_part_in_place_say_the_same():
    published(TERMS)

    shown = page("/code/section/D/related/")
    part = Client().get("/code/section/D/related/", headers={"HX-Request": "true"})

    assert "How this is counted" in shown
    assert b"<html" not in part.content
    assert b"1 reference to it, 1 from it" in part.content
    assert Client().get("/code/section/Z/related/").status_code == 404
