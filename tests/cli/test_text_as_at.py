"""`engross text as-at`: a document as it reads on a day, from the records."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from engross.adapters.legaltext.change_set_json import json_from_change_set
from engross.adapters.legaltext.files import write_text
from engross.apps.legaltext.queries import code_as_at
from engross.cli import main
from engross.core.legaltext.change_sets import ChangeSet, Renumber
from engross.core.legaltext.provisions import Code
from tests.support.stored_texts import FIRST_DAY, clause, section, store

pytestmark = pytest.mark.django_db

OLD = section("D", clause("D1", "Any Party may raise a proposal."), title="Modifications")
NEW = section("D", clause("D1", "Any person may raise a proposal."), title="Modifications")
LATER = FIRST_DAY + timedelta(days=90)


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """Store a text and the one that replaces it later; work in a folder of one's own."""
    monkeypatch.chdir(tmp_path)
    store(OLD)
    store(NEW, on=LATER, days=1)


def run(*arguments):
    return CliRunner().invoke(main, ["text", "as-at", *arguments])


def test_a_document_reads_as_on_the_day_asked(stored):
    before = run("Section D", str(LATER - timedelta(days=1)))
    after = run("Section D", str(LATER), "--json")

    assert before.stdout == "Section D: Modifications\nD1 Any Party may raise a proposal.\n"
    (provision,) = json.loads(after.stdout)["provisions"]
    assert provision["text"] == "Any person may raise a proposal."


def test_a_document_reads_as_it_was_known_at_a_moment(stored):
    known = run("Section D", str(LATER), "--known-at", "2020-12-01T12:00")

    assert "Any Party" in known.stdout


def draft(name, number):
    """Write a change set that gives the stored clause another number."""
    (document,) = code_as_at(on=LATER).documents
    operation = Renumber(document.provisions[0].id, "D1", number)
    made = ChangeSet(name, (operation,))
    Path(f"{name}.json").write_bytes(json_from_change_set(made))
    return f"{name}.json"


def test_a_draft_can_be_put_in(stored):
    with_draft = run("Section D", str(LATER), "--with", draft("MP1", "D2"))

    assert "D2 Any person may raise a proposal." in with_draft.stdout


def test_drafts_in_conflict_are_refused(stored):
    drafts = f"{draft('MP1', 'D2')}, {draft('MP2', 'D3')}"

    result = run("Section D", str(LATER), "--with", drafts)

    assert result.exit_code == 1
    assert result.stderr.startswith("The drafts are in conflict at Section D1 (number).")


def test_a_document_that_is_not_there_is_refused_with_those_that_are(stored):
    result = run("Section E", str(LATER))

    assert result.exit_code == 1
    assert result.stderr == f"There is no 'Section E' on {LATER}. Name one of Section D.\n"


def test_what_is_no_change_set_is_refused(stored):
    write_text(Code((NEW,)), Path("d.md"))

    result = run("Section D", str(LATER), "--with", "d.md")

    assert result.exit_code == 1
    assert result.stderr.startswith("d.md is not a change set.")
