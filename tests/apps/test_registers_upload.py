"""A file that staff take in on the site."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engross.apps.parties.models import Party
from tests.factories import party
from tests.support.people import staff_client

pytestmark = pytest.mark.django_db
ADDRESS = "/registers/parties/import/"


def corrected_file() -> SimpleUploadedFile:
    """Return a file that gives the Party P1 another name."""
    return SimpleUploadedFile(
        "parties.csv", b"party,legal_name,held_from\nP1,Right Limited,2014-01-01\n"
    )


def test_a_file_that_corrects_entries_needs_a_reason() -> None:
    party("P1", category="large-suppliers", name="Wrong Limited")
    refused = staff_client().post(ADDRESS, {"file": corrected_file()})
    assert refused.status_code == 422
    assert b"a correction needs a reason" in refused.content
    assert Party.objects.get().label == "Wrong Limited"


def test_a_file_that_corrects_entries_is_taken_with_a_reason() -> None:
    party("P1", category="large-suppliers", name="Wrong Limited")
    done = staff_client().post(ADDRESS, {"file": corrected_file(), "reason": "A slip"})
    assert done.status_code == 302
    assert Party.objects.get().label == "Right Limited"


@pytest.mark.once
@pytest.mark.parametrize("address", [ADDRESS, "/registers/applicability-decisions/record/"])
def test_a_page_for_staff_says_at_its_foot_that_only_staff_see_it(address: str) -> None:
    shown = staff_client().get(address).content
    assert b"Only staff can see this page." in shown
    assert b"anyone may read it" not in shown
