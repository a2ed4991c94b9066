"""A document to read: links in its words, its outline and versions, and what is kept of it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engross.adapters.legaltext.redlines import linked
from engross.apps.legaltext.commands import correct_text, import_code
from engross.apps.reading.queries import layers, layers_as_at, open_changes, text_state, texts
from engross.apps.reading.views import kept_pages
from engross.apps.reading.views.document_parts import forget_parts
from engross.core.legaltext import layers as core_layers
from engross.core.legaltext.numbers.addresses import Address
from tests.apps.reading.conftest import share_in
from tests.support.readable_text import AT, SECOND, THIRD, readable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored")]


def page(address: str, **headers: str) -> str:
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


def clause(shown: str, number: str) -> str:
    """Return the block of a clause."""
    found = re.search(rf'<div class="provision"[^>]* id="{re.escape(number)}".*?\n', shown)
    assert found, number
    return found.group()


def test_a_term_leads_to_its_definition_and_opens_in_place():
    block = clause(page("/code/section/D/"), "D7.1(a)")

    assert '<a class="term" href="/code/section/A/#A1.1%C2%B61" data-term="device/">Device</a>' in (
        block
    )


def test_a_local_meaning_goes_before_the_general_one():
    general = clause(page("/code/section/D/"), "D7.1(a)")
    local = clause(page("/code/appendix/L/"), "1.2")

    assert 'data-term="panel/"' in general
    assert 'href="#1.1" data-term="panel/?in=appendix/L"' in local


def test_a_reference_leads_to_its_clause_and_one_that_leads_nowhere_says_so():
    block = clause(page("/code/appendix/L/"), "1.2")

    assert 'href="/code/section/D/#D7.1(a)" data-clause="/code/section/D/7.1(a)/"' in block
    assert '<span class="unresolved">Section D88.9</span> <span class="link-mark">[not found]' in (
        block
    )


def test_what_refers_to_a_clause_is_folded_below_it():
    block = clause(page("/code/section/D/"), "D7.2")

    assert "Referred to in 2 places" in block
    assert '<a href="#D7.1(b)">Section D7.1(b)</a>' in block
    assert '<a href="/code/section/A/#A1.1%C2%B62">Section A1.1, Final Report</a>' in block


def test_every_link_of_a_past_day_keeps_that_day():
    shown = page("/code/appendix/L/2019-03-01/")
    block = clause(shown, "1.2")

    assert 'href="/code/section/D/2019-03-01/#D7.1(a)"' in block
    assert 'data-clause="/code/section/D/7.1(a)/2019-03-01/"' in block
    assert 'data-term="panel/2019-03-01/?in=appendix/L"' in block
    assert "\0" not in shown


def test_the_form_for_another_day_outranks_the_day_of_the_address():
    assert "within 5 Working Days" in page("/code/section/D/2020-03-01/?as_at=2019-03-01")


def test_the_versions_say_since_when_and_what_caused_each():
    shown = page("/code/section/D/")

    assert shown.count('<li aria-current="true"') == 1
    assert "Edition of" not in shown  # that is the code's, not the document's
    assert re.search(r'datetime="2020-02-29".{0,80}until', shown, re.DOTALL)


def test_the_outline_names_the_headings_once():
    shown = page("/code/section/D/")
    outline = shown[shown.index('class="reader-outline"') : shown.index("<main")]

    assert '<a href="#D7.1"><span>D7.1</span> Duties</a>' in outline


def test_only_text_that_changed_is_put_together_again(monkeypatch: pytest.MonkeyPatch):
    first = page("/code/section/D/2020-03-01/")
    monkeypatch.setattr(kept_pages, "blocks_of", lambda *_: pytest.fail("made again"))

    assert "within 10 Working Days" in page("/code/section/D/2020-07-01/")
    assert first.count('class="provision"') == page("/code/section/D/2020-03-01/").count(
        'class="provision"'
    )


def test_a_process_that_was_just_started_reads_what_another_worked_out(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    share_in(settings, tmp_path)
    _start_anew()
    shown = page("/code/section/D/")
    _start_anew()
    for module, name in (
        (texts, "code_as_at"), (core_layers, "links_of"), (core_layers, "definitions_of"),
        (kept_pages, "blocks_of"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, lambda *_, **__: pytest.fail("worked out again"))

    assert page("/code/section/D/") == shown
    assert layers_as_at(THIRD).layers.links


def _start_anew() -> None:
    """Keep nothing at hand, as a process that was just started."""
    for each in (texts._kept, layers._kept):
        each.forget()
    open_changes.forget_changes()
    kept_pages.forget_pages()
    forget_parts()


def test_no_link_survives_the_text_it_was_made_of():
    assert 'data-term="panel/"' in page("/code/section/D/")
    code = layers_as_at(THIRD)
    assert code is not None
    node = code.layers.definitions[code.layers.entry_of[4].definitions[0]].node
    ident = code.places.provision(node).id
    assert ident
    assert code.layers.definitions[4].term == "Panel"

    correct_text(ident, on=THIRD, text="No term any more.", by=None, at=AT, reason="A slip")

    assert 'data-term="panel/"' not in page("/code/section/D/")


def test_what_is_kept_of_a_document_is_named_by_text_and_rules(monkeypatch: pytest.MonkeyPatch):
    def key(since: date) -> str:
        found = kept_pages.document_page("Section D", state=text_state(), since=since)
        assert found
        return found.key

    known = {key(SECOND), key(THIRD)}
    monkeypatch.setattr(kept_pages, "WRITING", linked.WRITING + 1)

    assert len({*known, key(THIRD)}) == 3


def test_queries_do_not_grow_with_the_text():
    def queries(address: str) -> int:
        page(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(address)
        return len(seen)

    before = queries("/code/section/D/")
    longer = "\n".join(f"D7.{n} The Panel shall answer any Party." for n in range(3, 120))
    import_code(
        readable(days=10, more=longer), effective_on=date(2022, 1, 1), published_at=AT, by=None,
        at=AT, reason="Longer",
    )  # fmt: skip

    assert "D7.119" in page("/code/section/D/")
    assert queries("/code/section/D/") == before
    assert before <= 9


def test_what_a_text_says_is_never_markup():
    wicked = 'D7.3 The Panel shall <script>alert(1)</script> & "Section D7.2".'
    import_code(
        readable(days=10, more=wicked), effective_on=date(2022, 1, 1), published_at=AT, by=None,
        at=AT, reason="Wicked",
    )  # fmt: skip

    block = clause(page("/code/section/D/"), "D7.3")
    assert "<script>" not in block
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in block


def test_a_limb_without_a_number_of_its_own_has_the_address_of_its_clause():
    code = layers_as_at(THIRD)
    assert code is not None
    limb = code.places.children[code.layers.definitions[0].node][0]

    assert code.places.number(limb) == "(a)"
    assert code.address_of(limb) == Address("Section A", "A1.1")


@pytest.fixture(autouse=True)
def _forget() -> None:
    caches["local"].clear()
