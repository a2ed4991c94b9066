"""The legal text of a proposal, clause by clause."""

from datetime import date

import pytest
from django.test import Client

from engross.apps.releases.commands import classify_change_set
from tests import factories
from tests.support.composing import AT, published, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal() -> None:
    published()
    factories.proposal("MP078", raised_on=date(2021, 1, 4), moves=[("refine", date(2021, 2, 1))])
    saved("faster", "D3", "A proposal shall be decided at once.", proposal="MP078", title="Faster")
    saved("slower", "D3", "A proposal shall be decided in a year.")


def page(address: str, **headers: str) -> str:
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.usefixtures("proposal")
def test_it_names_each_clause_with_how_it_would_read_and_who_else_would_change_it():
    shown = page("/code/proposals/MP078/")

    assert '<a href="/change-sets/faster/">Faster</a>' in shown
    assert "/code/section/D/3/?with=faster" in shown
    assert "changes its text" in shown
    assert "/change-sets/slower/" in shown


@pytest.mark.usefixtures("proposal")
def test_the_page_of_the_proposal_leads_there_and_shows_it_in_place():
    assert 'hx-get="/code/proposals/MP078/"' in page("/proposals/MP078/")
    assert "<html" not in page("/code/proposals/MP078/", **{"HX-Request": "true"})


@pytest.mark.usefixtures("proposal")
def test_a_draft_that_is_not_for_everybody_is_not_shown():
    classify_change_set("faster", "amber", by=None, at=AT)

    shown = page("/code/proposals/MP078/")

    assert "No legal text is kept for it yet." in shown
    assert "faster" not in shown


@pytest.mark.usefixtures("proposal")
def test_another_form_of_the_name_leads_to_it_and_an_unknown_one_nowhere():
    answer = Client().get("/code/proposals/DP078/")

    assert answer.headers["Location"] == "/code/proposals/MP078/"
    assert Client().get("/code/proposals/MP999/").status_code == 404
    assert Client().get(f"/code/proposals/{'x' * 3000}/").status_code == 404
