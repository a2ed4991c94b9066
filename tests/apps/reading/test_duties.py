"""The text for one Party Category: what obliges it, why, and what becomes of the rest."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from engross.apps.reading.queries import layers_as_at
from engross.core.legaltext.numbers.addresses import Address
from engross.core.registers.sheets import SheetRefused
from tests import factories
from tests.apps.reading.test_documents import clause
from tests.support.readable_text import THIRD
from tests.support.tokens import staff

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


def test_what_a_person_decided_goes_before_the_words_and_is_told_with_day_and_reason():
    code = layers_as_at(THIRD)
    assert code
    ids = {number: code.places.provision(code.node_at(Address("Section D", number))).id
           for number in ("D7.1", "D7.1(a)", "D7.2")}  # fmt: skip
    said = {"category": "large-suppliers", "decided_on": "2021-09-30"}
    factories.record("applicability-decisions", [
        {**said, "provision": ids["D7.1(a)"], "sense": "none", "why": "Spent since <2020>"},
        {**said, "provision": ids["D7.2"], "sense": "obliges", "why": "The Panel answers for it"},
    ])  # fmt: skip

    shown = page("/code/section/D/?for=large-suppliers")
    assert 'data-applies="obliges"' in clause(shown, "D7.1")
    assert 'data-applies="no"' in clause(shown, "D7.1(a)")
    assert (
        "<strong>Does not apply</strong>: by the secretariat on 30 September 2021: Spent since &lt;"
    ) in clause(shown, "D7.1(a)")
    assert (
        "<strong>Obliges</strong>: by the secretariat on 30 September 2021: The Panel answers"
    ) in clause(shown, "D7.2")
    assert "does not apply" in page("/code/section/D/7.1(a)/")
    told = Client().get("/api/v1/code/applicability?category=large-suppliers&sense=obliges").json()
    (row,) = [each for each in told["rows"] if each["reason"]]
    assert (row["key"], row["decided_on"]) == (ids["D7.2"], "2021-09-30")


@pytest.mark.once
def test_only_staff_are_led_to_say_whom_a_clause_applies_to():
    address, button = "/code/section/D/7.2/", "Say whom it applies to"
    assert button not in page(address)
    office = Client()
    office.force_login(staff())

    shown = office.get(address).content.decode()
    assert button in shown
    href = unescape(re.search(r'href="([^"]*)">' + button, shown)[1])
    ident = parse_qs(urlsplit(href).query)["provision"][0]
    assert f'value="{ident}"' in office.get(href).content.decode()
    refused = office.post(href.partition("?")[0], {"provision": "p-none"})
    assert refused.status_code == 422


def test_a_decision_is_about_a_provision_that_there_is():
    with pytest.raises(SheetRefused, match="No provision of the text has the id"):
        factories.record("applicability-decisions", [
            {"provision": "p-none", "category": "dcc", "sense": "obliges", "why": "So",
             "decided_on": "2021-09-30"},
        ])  # fmt: skip
