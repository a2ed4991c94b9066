"""Two texts beside each other: versions, days, and what proposals would do."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import msgspec
import pytest
from django.test import Client

from tests.support.composing import BASE, DAY, published, reworded, saved

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)


@pytest.fixture
def two_versions() -> None:
    """Publish two versions, and draft a change set on the first."""
    published()
    saved("meetings", "D2", "The Panel shall meet every week.")
    newer = reworded(BASE, "D3", "A proposal shall be decided within 25 Working Days.")
    published(newer, "47.0", days=30)


def page(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.mark.usefixtures("two_versions")
@pytest.mark.parametrize("pair", ["46.0/47.0", f"{DAY}/{LATER}", f"46.0/{LATER}"])
def test_versions_and_days_are_compared_alike(pair: str):
    shown = page(f"/code/compare/{pair}/")

    assert "1 changed; 3 unchanged." in shown
    assert "The Panel shall meet" not in shown
    assert "3 unchanged provisions not shown" in shown or "unchanged provision" in shown


@pytest.mark.usefixtures("two_versions")
def test_the_form_switches_on_only_what_is_asked_for():
    assert 'value="meetings">' in page("/code/compare/46.0/47.0/")
    assert 'value="meetings" checked>' in page("/code/compare/46.0/47.0/?with=meetings")


@pytest.mark.usefixtures("two_versions")
def test_side_by_side_each_side_marks_its_own_words():
    shown = page("/code/compare/46.0/47.0/?view=sides")
    row = shown[shown.index('<tr data-change="changed"') :]
    old, new = row[: row.index("</tr>")].split("</td><td>")

    assert "<del>" in old
    assert "<ins>" not in old
    assert "<ins>" in new
    assert "<del>" not in new
    assert "The Panel shall meet every month." in shown


@pytest.mark.usefixtures("two_versions")
def test_the_table_of_changes_stands_alone_and_leads_to_the_redline():
    shown = page("/code/compare/46.0/47.0/?view=table&document=section/D")

    assert "Section D3" in shown
    assert "<ins>" not in shown
    assert 'href="?document=section/D#D3"' in shown


@pytest.mark.usefixtures("two_versions")
def test_each_change_leads_to_the_clause_as_it_was_and_as_it_is():
    shown = page("/code/compare/46.0/47.0/?with=meetings")

    assert f'href="/code/section/D/3/{DAY}/">Section D3' in shown
    assert f'href="/code/section/D/3/{LATER}/?with=meetings">Section D3' in shown


@pytest.mark.usefixtures("two_versions")
def test_a_version_is_compared_with_what_a_proposal_would_make_of_it():
    shown = page("/code/compare/46.0/46.0/?with=meetings")
    both = page("/code/compare/46.0/47.0/?with=meetings")

    assert "Version 46.0 to Version 46.0 with meetings" in shown
    assert "1 changed; 3 unchanged." in shown
    assert "2 changed; 2 unchanged." in both
    assert "Not in force." in shown
    assert "document=section/E" not in shown
    assert "No open proposal" in page("/code/compare/46.0/47.0/?with=meting", 404)


@pytest.mark.usefixtures("two_versions")
def test_a_document_that_neither_text_has_is_not_there():
    assert "Neither text has a document" in page("/code/compare/46.0/47.0/?document=section/Z", 404)
    assert "There is no text for 99.0" in page("/code/compare/46.0/99.0/", 404)
    assert "There is no text for 2021-02-30" in page("/code/compare/2021-02-30/47.0/", 404)
    assert "There is no text for 0001-01-01" in page("/code/compare/0001-01-01/47.0/", 404)


@pytest.mark.usefixtures("two_versions")
def test_nothing_changed_is_said_in_words():
    assert "Nothing is changed." in page("/code/compare/46.0/47.0/?document=section/E")


@pytest.mark.usefixtures("two_versions")
def test_the_form_leads_to_what_it_asks_for():
    asked = {"old": "46.0", "new": "47.0", "new_on": str(LATER), "document": "section/D",
             "view": "sides", "with": ["meetings", "slower"]}  # fmt: skip
    answer = Client().get("/code/compare/", asked)

    assert answer.status_code == 302
    place = f"/code/compare/46.0/{LATER}/?document=section/D&view=sides&with=meetings,slower"
    assert answer.headers["Location"] == place
    shown = page("/code/compare/")
    assert '<option value="47.0" selected>' in shown
    assert 'value="meetings"' in shown


@pytest.mark.usefixtures("two_versions")
def test_the_files_of_a_comparison_hold_what_its_page_shows():
    made = Client().get("/code/compare/46.0/46.0.json?with=meetings&document=section/D")
    word = Client().get("/code/compare/46.0/46.0.docx?with=meetings")

    assert len(msgspec.json.decode(made.content)["entries"]) == 1
    body = ZipFile(BytesIO(word.content)).read("word/document.xml")
    assert b'w:author="meetings"' in body
    assert "46.0-to-46.0-meetings-section-d.json" in made.headers["Content-Disposition"]


@pytest.mark.usefixtures("two_versions")
def test_one_document_is_compared_in_a_constant_number_of_queries(django_assert_max_num_queries):
    page("/code/compare/46.0/47.0/?document=section/D")
    with django_assert_max_num_queries(14):
        page("/code/compare/46.0/47.0/?document=section/D")
