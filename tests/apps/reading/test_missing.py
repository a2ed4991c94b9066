"""Addresses where nothing stands: what is near, until when something stood, where it went."""

from datetime import date

import pytest
from django.test import Client

from engross.apps.legaltext.commands import import_code
from engross.apps.legaltext.queries import document_as_at
from engross.core.legaltext.provisions import Code, provisions_of
from tests.support.readable_text import AT, THIRD, readable

pytestmark = pytest.mark.django_db


def missing(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 404, address
    return answer.content.decode()


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/code/section/D/7.3/", "It existed until 1 June 2021, and was then taken away."),
        ("/code/section/D/7.3/", 'href="/code/section/D/7.3/2020-02-29/"'),
        ("/code/section/D/7.3/2019-03-01/", "It stands in the text from 29 February 2020."),
        ("/code/section/D/7.9/", "Nothing ever stood there"),
        ("/code/section/D/7.9/", 'href="/code/section/D/7.2/"'),
        ("/code/section/D/7.1(z)/", 'href="/code/section/D/7.1(b)/"'),
        ("/code/section/DD/", "The documents on that day are Section A, Section D, Appendix L."),
        ("/code/section/DD/", '<a href="/code/section/D/">'),
        ("/code/section/D/2018-12-31/", "The text begins on 28 February 2019."),
        ("/code/section/D/2018-12-31/", 'href="/code/section/D/2019-02-28/"'),
        ("/code/section/D/2021-02-30/", "That is not a day"),
        ("/code/section/D/?as_at=2021-13-01", "That is not a day"),
        ("/code/terms/?as_at=2018-01-01", "There is no text on 1 January 2018"),
        ("/code/obligations/dcc/?as_at=2018-01-01", "The text begins on 28 February 2019."),
        ("/code/section/D/7.1/2/3/", "names no clause"),
        (f"/code/section/{'D' * 3000}/", "names no clause"),
    ],
)
def test_what_is_not_there_is_said_with_what_was(address: str, why: str):
    assert why in missing(address)


@pytest.mark.usefixtures("stored")
def test_a_clause_that_was_renumbered_says_where_it_went():
    text = document_as_at("Section D", on=THIRD)
    assert text is not None
    known = {one.number: one.id for one in provisions_of(text)}
    moved = readable(days=10, more="").documents[1]
    import_code(
        Code((_renumbered(moved),)), effective_on=date(2022, 1, 1), published_at=AT, by=None,
        at=AT, reason="Renumbered",
    )  # fmt: skip
    now = document_as_at("Section D", on=date(2022, 1, 1))
    assert now is not None
    assert known["D7.2"] in {one.id for one in provisions_of(now) if one.number == "D7.5"}

    shown = missing("/code/section/D/7.2/")

    assert "It existed until 1 January 2022, and now stands at Section D7.5." in shown
    assert 'href="/code/section/D/7.5/"' in shown


def _renumbered(document):
    from msgspec.structs import replace

    part = document.provisions[0]
    children = tuple(
        replace(one, number="D7.5") if one.number == "D7.2" else one for one in part.children
    )
    return replace(document, provisions=(replace(part, children=children),))


def test_without_any_text_the_pages_say_so():
    assert "No text is stored" in missing("/code/terms/")
    assert "No text is stored" in missing("/code/section/D/")
    assert Client().get("/code/").status_code == 200
