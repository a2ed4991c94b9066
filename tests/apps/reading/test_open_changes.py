"""Marks beside the clauses that open proposals would change, and what those would make of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from engross.apps.reading.queries import newest_text, text_state
from engross.apps.reading.queries.clause_changes import changes_at
from engross.apps.reading.queries.open_changes import open_changes
from engross.apps.releases.commands import classify_change_set, save_change_set
from engross.core.access import ANYONE
from engross.core.legaltext.provisions import Code, Document
from tests.support.composing import AT, BASE, DAY, drafted, published, reworded, saved
from tests.support.people import staff_client
from tests.support.stored_texts import clause

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)


@pytest.fixture
def open_set() -> None:
    published()
    saved("faster", "D3", "A proposal shall be decided within 10 Working Days.")


def marks() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    found = open_changes(ANYONE)
    newest = newest_text()
    assert newest is not None
    places = newest.places
    return {
        places.shown(places.nodes[key]): [(each.change_set.name, each.does) for each in listed]
        for key, listed in found.marks.items()
    }


def page(address: str, **headers: str) -> str:
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.usefixtures("open_set")
def test_a_clause_that_an_open_set_would_change_is_marked_and_no_other():
    assert marks() == {"Section D3": [("faster", ("changes its text",))]}
    shown = page("/code/section/D/")

    assert shown.count('<details class="gutter"') == 1
    assert "faster" in shown
    assert '<details class="gutter"' not in page("/code/section/E/")


@pytest.mark.usefixtures("open_set")
def test_a_mark_follows_its_clause_to_a_newer_text():
    code = Code((_with_first(BASE.documents[0]), BASE.documents[1]))
    published(code, "47.0", days=30)

    assert marks() == {"Section D4": [("faster", ("changes its text",))]}
    assert "/code/section/D/4/changes/" in page("/code/section/D/")


def _with_first(document: Document) -> Document:
    """Return a Section with a clause before all others, which are numbered on."""
    later = [replace(each, number=f"D{at}") for at, each in enumerate(document.provisions, start=2)]
    new = clause("D1", "These rules bind everybody who is named in them, without exception.")
    return replace(document, provisions=(new, *later))


@pytest.mark.usefixtures("open_set")
def test_what_the_newer_text_contradicts_is_not_marked_and_its_page_says_nothing_is_open():
    newer = reworded(BASE, "D3", "A proposal shall be decided at once.")
    published(newer, "47.0", days=30)

    assert marks() == {}
    assert "No open proposal that you may read would change Section D3." in page(
        "/code/section/D/3/changes/"
    )


@pytest.mark.usefixtures("open_set")
def test_a_clause_is_opened_as_a_redline_of_it_alone():
    shown = page("/code/section/D/3/changes/")

    assert "What would change in Section D3" in shown
    assert "it changes its text" in shown
    assert "<ins>" in shown
    assert "The Panel shall meet" not in shown
    assert "?with=faster" in shown


@pytest.mark.usefixtures("open_set")
def test_in_place_it_comes_without_the_page_around_it():
    shown = page("/code/section/D/3/changes/", **{"HX-Request": "true"})

    assert "<html" not in shown
    assert "<ins>" in shown
    assert ' id="' not in shown


@pytest.mark.usefixtures("open_set")
def test_the_changes_of_a_whole_document_and_of_one_provision_in_it():
    saved("meetings", "D2", "The Panel shall meet every week.")
    key = next(key for key, each in open_changes(ANYONE).marks.items()
               if each[0].change_set.name == "meetings")  # fmt: skip

    assert "every week" not in page("/code/section/D/3/changes/")
    assert "10" in page("/code/section/D/changes/")
    only = page(f"/code/section/D/changes/?at={key}")
    assert "every" in only
    assert "faster" not in only
    assert "faster" in page("/code/section/D/changes/?at=no-such-id")


@pytest.mark.usefixtures("open_set")
def test_what_is_added_after_a_clause_is_shown_with_it():
    def add(code: Code) -> Code:
        first = code.documents[0]
        new = clause("D2A", "The Panel shall publish its minutes.")
        provisions = (*first.provisions[:2], new, first.provisions[2])
        return Code((replace(first, provisions=provisions), code.documents[1]))

    save_change_set("minutes", drafted("minutes", add), base_version="46.0", by=None, at=AT)
    state = text_state()
    newest = newest_text(state=state)
    assert newest is not None
    key = next(one.id for one in newest.code.documents[0].provisions if one.number == "D2")
    found = changes_at(key or "", open_changes(ANYONE), state=state)

    assert found is not None
    (change,) = found.changes
    assert change.does == (("Section D2", ("adds D2A after it",)),)
    assert "publish its minutes" in page("/code/section/D/2/changes/")


@pytest.mark.usefixtures("open_set")
def test_an_older_text_says_that_the_newest_reads_otherwise():
    published(reworded(BASE, "D3", "A proposal shall be decided within 20 Working Days, always."),
              "47.0", days=30)  # fmt: skip

    assert "is another than that of" in page(f"/code/section/D/3/{DAY}/changes/")
    assert "is another than that of" not in page(f"/code/section/D/3/{LATER}/changes/")


@pytest.mark.usefixtures("open_set")
def test_marks_take_a_constant_number_of_queries(django_assert_max_num_queries):
    for number in range(12):
        saved(f"set-{number}", "D2", f"The Panel shall meet {number} times a year.")
    open_changes(ANYONE)
    with django_assert_max_num_queries(3):
        assert len(open_changes(ANYONE).sets) == 13


@pytest.mark.usefixtures("open_set")
def test_a_page_that_was_made_for_one_reader_is_not_kept_for_another():
    saved("meetings", "D2", "The Panel shall meet every week.")
    classify_change_set("meetings", "green", by=None, at=AT)
    staff = staff_client()

    for _ in range(2):
        own = staff.get("/code/section/D/").content.decode()
        assert 'value="meetings"' in own
        assert "would change Section D2" in own
        seen = page("/code/section/D/")
        assert 'value="meetings"' not in seen
        assert "would change Section D2" not in seen
        assert 'value="faster"' in seen


@pytest.mark.usefixtures("open_set")
def test_a_page_that_is_kept_takes_the_same_few_queries_whatever_is_open():
    def queries() -> int:
        page("/code/section/D/")
        with CaptureQueriesContext(connection) as seen:
            page("/code/section/D/")
        return len(seen)

    before = queries()
    for number in range(12):
        saved(f"set-{number}", "D2", f"The Panel shall meet {number} times a year.")

    assert queries() == before <= 6
    assert "set-11" in page("/code/section/D/")
    classify_change_set("set-11", "green", by=None, at=AT)
    assert "set-11" not in page("/code/section/D/")
