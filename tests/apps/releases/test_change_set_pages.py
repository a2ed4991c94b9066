"""The pages of change sets: what is open, and what one would do to the text."""

from io import BytesIO
from zipfile import ZipFile

import msgspec
import pytest
from django.db import transaction
from django.test import Client

from engross.apps.releases.models import ChangeSetVersion
from engross.cli.demo import take_in_text
from engross.core.legaltext.change_sets import ChangeSet

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def text(django_db_setup, django_db_blocker):
    """Keep the illustrative text for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        take_in_text("sec")
        yield
        transaction.set_rollback(True)


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


# First, before the text is kept for the others.
def test_without_change_sets_the_list_says_so():
    assert "No change set is kept yet." in page("/change-sets/")


@pytest.mark.usefixtures("text")
def test_the_list_gives_the_open_ones_first_with_their_base():
    shown = page("/change-sets/")

    assert shown.index("mp149-effecting-changes") < shown.index("in version 2.0")
    assert "This text is illustrative." in shown


@pytest.mark.usefixtures("text")
def test_a_change_set_is_shown_as_a_redline_of_its_base():
    shown = page("/change-sets/readiness-for-migration/")

    assert "3 inserted, 3 changed, 3 renumbered" in shown
    assert "renumbered, was Section N3" in shown
    assert "Version 3.2 of the text" in shown
    assert "This text is illustrative." in shown


@pytest.mark.usefixtures("text")
def test_its_files_are_a_change_set_and_a_word_redline_under_its_name():
    made = Client().get("/change-sets/mp095-credit-cover.json")
    word = Client().get("/change-sets/mp095-credit-cover.docx")
    body = ZipFile(BytesIO(word.content)).read("word/document.xml")

    assert msgspec.json.decode(made.content, type=ChangeSet).change_set == "mp095-credit-cover"
    assert b'w:author="mp095-credit-cover"' in body


@pytest.mark.usefixtures("text")
def test_a_name_that_is_not_there_is_not_found():
    assert Client().get("/change-sets/nobody/").status_code == 404
    assert Client().get("/change-sets/nobody.docx").status_code == 404


@pytest.mark.usefixtures("text")
def test_a_set_whose_base_was_recorded_otherwise_says_so():
    ChangeSetVersion.objects.filter(change_set__name="mp095-credit-cover").update(
        base_hash="0" * 64
    )

    assert "recorded otherwise since" in page("/change-sets/mp095-credit-cover/")
    assert Client().get("/change-sets/mp095-credit-cover.docx").status_code == 200


@pytest.mark.usefixtures("text")
def test_the_list_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        page("/change-sets/")
