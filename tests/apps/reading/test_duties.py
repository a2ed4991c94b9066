"""The text for one Party Category: what obliges it, why, and what becomes of the rest."""

import pytest
from django.test import Client

from tests.apps.reading.test_documents import clause

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored")]


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_what_obliges_is_marked_with_the_words_that_say_so():
    shown = page("/code/section/D/?for=large-suppliers")

    lead, limb = clause(shown, "D7.1"), clause(shown, "D7.1(a)")
    assert 'data-applies="obliges"' in lead
    assert "<q>Large Supplier Party shall</q>" in lead
    assert 'data-applies="obliges"' in limb
    assert 'from <a href="#D7.1">Section D7.1</a>' in limb
    assert 'data-applies="entitles"' in clause(shown, "D7.2")


def test_another_category_is_not_obliged_and_reads_the_rest_faintly():
    shown = page("/code/section/D/?for=gas-networks")

    assert 'data-rest="dim"' in shown
    assert 'data-applies="no"' in clause(shown, "D7.1(a)")
    assert "obliges Gas Networks in <strong>0</strong>" in shown


def test_the_rest_can_be_left_out_and_is_counted_and_what_stands_above_is_kept():
    shown = page("/code/section/D/?for=gas-networks&show=entitles&rest=hide")

    assert "tell the" not in shown
    assert "3 provisions not shown" in shown
    assert clause(shown, "D7")
    assert clause(shown, "D7.2")


def test_a_term_that_only_holds_the_word_is_no_party():
    shown = page("/code/section/A/?for=dcc")

    assert 'data-applies="no"' in clause(shown, "A1.1¶7")  # 'Party Register'


def test_an_unknown_category_is_said_in_one_line():
    shown = page("/code/section/D/?for=<b>kings</b>&show=everything")

    assert "There is no Party Category called ‘&lt;b&gt;kings&lt;/b&gt;’" in shown
    assert "data-applies" not in shown


def test_obligations_are_gathered_from_all_documents():
    shown = page("/code/obligations/large-suppliers/")

    assert "The code obliges this category in <strong>3</strong>" in shown
    assert '<a href="/code/section/D/?for=large-suppliers&amp;show=obliges&amp;rest=hide">' in shown
    assert "tell the Panel which Device it has" in shown
    assert "may publish" not in shown
    assert "may publish" in page("/code/obligations/large-suppliers/?show=entitles")


def test_obligations_of_nobody_are_not_found():
    answer = Client().get("/code/obligations/kings/")

    assert answer.status_code == 404
    assert "There is no such Party Category" in answer.content.decode()
