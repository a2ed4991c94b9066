"""Staff consult, three answer and one of them in confidence, it closes, and it is published."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.support.deployment import Deployment
from tests.support.party_user import run_in

SECRET = "what a post costs us"
# What the scheduler does once its moment has come: the clock is handed in.
CLOSES = """
from datetime import UTC, datetime
from engross.cli.django_setup import set_up
set_up()
from engross.apps.consultations.commands import close_due_consultations
print(close_due_consultations(at=datetime(2031, 1, 1, tzinfo=UTC)))
"""
PUBLIC = ("", "responses/", "responses.csv")
ANSWER = "Answer (optional)"


@pytest.fixture
def folder(deployment: Deployment, tmp_path: Path) -> Deployment:
    """Return a copy of the demonstration that the test may change."""
    return deployment.copied_to(tmp_path / "var")


def test_three_answer_one_in_confidence_and_what_may_be_public_is_published(
    folder, open_context, sign_in, party_sign_in, assert_accessible
):
    with folder.served() as site:
        staff = open_context(site).new_page()
        sign_in(staff)
        place = _consult(staff, assert_accessible)

        party = open_context(site).new_page()
        party_sign_in(party, f"{place}answer/")
        party.get_by_label(ANSWER).first.fill("We would welcome it")
        party.get_by_label(ANSWER).nth(1).fill(SECRET)
        party.get_by_label("This answer is confidential").nth(1).check()
        assert_accessible(party)
        party.set_viewport_size(PHONE)
        assert_accessible(party)
        _hand_in(party, assert_accessible)

        for name, is_named in (("Zoe Example", True), ("Nobody Named", False)):
            visitor = open_context(site).new_page()
            visitor.goto(f"{place}begin/")
            visitor.get_by_label("Name", exact=True).fill(name)
            visitor.get_by_label("E-mail address").fill(f"{name[:3].lower()}@respondent.example")
            visitor.get_by_role("button", name="Begin").click()
            visitor.get_by_label(ANSWER).first.fill(f"It depends, says {name[:3]}")
            if not is_named:
                visitor.get_by_label("Do not name us").check()
            _hand_in(visitor, assert_accessible)

        reference = place.strip("/").rpartition("/")[2]
        assert reference in run_in(folder, CLOSES)
        _publish(staff, place, assert_accessible)

        public = open_context(site)
        for address in (*(place + each for each in PUBLIC), "/consultations/feed.atom",
                        f"/api/v1/consultations/{reference}", "/search/?q=post+costs"):  # fmt: skip
            said = public.request.get(address).text()
            assert SECRET not in said, address
            assert "Nobody Named" not in said, address
        page = public.new_page()
        page.goto(f"{place}responses/")
        expect(page.get_by_text("It depends, says Zoe").first).to_be_visible()
        expect(page.get_by_text("1 answer is confidential")).to_be_visible()
        assert_accessible(page)
        party.goto(f"{place}responses/")
        expect(party.get_by_text(SECRET).first).to_be_visible()


def _consult(staff: Page, assert_accessible) -> str:
    """Draft a Request for Information with two questions, open it, and return its address."""
    staff.goto("/consultations/new/")
    staff.get_by_label("Kind").select_option("request-for-information")
    staff.get_by_label("Title").fill("How are posts paid for?")
    staff.get_by_label("What is the issue?").fill("Nobody knows what they cost.")
    staff.get_by_role("button", name="Begin a draft").click()
    staff.get_by_role("link", name="Add a question").click()
    staff.get_by_label("How it is answered").select_option("text")
    staff.get_by_label("Question", exact=True).fill("What do you pay?")
    assert_accessible(staff)
    staff.get_by_role("button", name="Save").click()
    staff.get_by_role("link", name="Open it").click()
    last_day = staff.get_by_label("Last day for answers")
    last_day.fill("2030-12-25")
    staff.get_by_role("button", name="See what will happen").click()
    told = staff.get_by_text("is no Working Day: it is Christmas Day").first
    expect(told).to_be_visible()
    last_day.fill(_instead(told.inner_text()))
    staff.get_by_role("button", name="See what will happen").click()
    expect(staff.get_by_text("It closes at 17:00 on Friday 27 December 2030")).to_be_visible()
    assert_accessible(staff)
    staff.get_by_role("button", name="Open it").click()
    expect(staff.get_by_text("Open for answers.")).to_be_visible()
    found = re.search(r"/consultations/CON\d+/", staff.url)
    assert found, staff.url
    return found[0]


def _instead(told: str) -> str:
    """Return the day that a refusal offers; it is a Friday in 2030."""
    assert "Close it on Friday 27 December 2030, the next Working Day" in told
    return "2030-12-27"


def _hand_in(page: Page, assert_accessible) -> None:
    page.get_by_role("button", name="Save, and see what handing in does").click()
    expect(page.get_by_text("This is what will happen")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("Handed in: a confirmation is on its way")).to_be_visible()


def _publish(staff: Page, place: str, assert_accessible) -> None:
    staff.goto(f"{place}collation/")
    expect(staff.get_by_text(SECRET).first).to_be_visible()
    expect(staff.get_by_text("Nobody Named").first).to_be_visible()
    assert_accessible(staff)
    staff.goto(place)
    staff.get_by_role("link", name="Publish the answers").click()
    expect(staff.get_by_text("Confidential answers that are not published: 1.")).to_be_visible()
    staff.get_by_role("button", name="Publish them").click()
    staff.get_by_role("link", name="You said, we did").click()
    staff.get_by_label("You said (question 1)").fill("It depends")
    staff.get_by_label("We did (question 1)").fill("We asked on")
    assert_accessible(staff)
    staff.get_by_role("button", name="Save").click()
    expect(staff.get_by_text("We asked on")).to_be_visible()
