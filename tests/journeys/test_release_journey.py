"""A release in a browser: scope, conflict, decision, publication, and the text on its day."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

RELEASE = "Release of the journey"
IN_CONFLICT = ("mp149-effecting-changes", "notice-of-new-versions")


@pytest.fixture
def staff(open_context, own_site, sign_in) -> Page:
    """Return a page on which staff have just signed in with both factors."""
    page = open_context(own_site).new_page()
    sign_in(page)
    return page


def recorded(page: Page, register: str, **cells: str) -> None:
    """Record an entry of a register on its page."""
    page.goto(f"/registers/{register}/record/")
    for name, value in cells.items():
        field = page.locator(f"[name={name}]")
        is_choice = field.evaluate("each => each.tagName") == "SELECT"
        field.select_option(value) if is_choice else field.fill(value)
    page.get_by_role("button", name="See what will be recorded").click()
    page.get_by_role("button", name="Do this").click()
    expect(page).to_have_url(re.compile(rf"/registers/{register}/[0-9a-f-]{{36}}/$"))


def release_ready(page: Page, on: date) -> None:
    """Record a release, the decision on a proposal, and the scope that holds it."""
    recorded(page, "releases", release=RELEASE, kind="ad-hoc", released_on=str(on))
    recorded(page, "decisions", proposal="MP149", body="authority", decided_on="2022-01-10",
             outcome="approved")  # fmt: skip
    recorded(page, "proposal-stages", proposal="MP149", stage="release", moved_on="2022-01-10")
    recorded(page, "release-scopes", release=RELEASE, proposal="MP149", is_in="yes",
             decided_on="2022-01-11", body="csc")  # fmt: skip


def conflict_decided(page: Page) -> None:
    """Compose two sets that conflict, and decide for one of them."""
    page.goto(f"/releases/{RELEASE}/")
    page.get_by_role("link", name="Compose it").click()
    for box in page.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") in IN_CONFLICT)
    page.get_by_role("button", name="Put them together").click()
    expect(page.get_by_text("has 1 conflict that nobody has decided")).to_be_visible()
    page.get_by_role("link", name="Decide Section D10.5").click()
    page.get_by_label("As mp149-effecting-changes has it").check()
    page.get_by_label("Reason").fill("The other set is not approved yet")
    page.get_by_role("button", name="Decide it so").click()
    expect(page.get_by_text("As mp149-effecting-changes has it, by The Secretary")).to_be_visible()


def findings_accepted(page: Page) -> None:
    """Accept what the checks found, one after the other."""
    accept = page.get_by_role("link", name="Accept it")
    for _ in range(accept.count()):
        accept.first.click()
        page.get_by_label("Reason").fill("It is put right with the next release")
        page.get_by_role("button", name="Accept it").click()
        expect(page.get_by_text("is accepted as it is.")).to_be_visible()


def test_a_release_is_composed_decided_published_and_read_on_its_day(staff: Page) -> None:
    page, on = staff, timezone.localdate() + timedelta(days=30)
    release_ready(page, on)
    conflict_decided(page)
    findings_accepted(page)
    page.get_by_role("link", name="Publish it").click()
    page.get_by_label("Version number").fill("900.0")
    page.get_by_role("button", name="See what will happen").click()
    expect(page.get_by_text("MP149 is noted as implemented")).to_be_visible()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("Version 900.0 is published.")).to_be_visible()

    page.goto(f"/code/section/D/10.5/{on}/")
    expect(page.locator("main")).to_contain_text("not less than 3 Working Days")
    page.goto(f"/code/section/D/10.5/{on - timedelta(days=1)}/")
    expect(page.locator("main")).to_contain_text("not less than 5 Working Days")

    page.goto(f"/releases/{RELEASE}/")
    page.get_by_role("link", name="Read it").click()
    expect(page.locator("main")).to_contain_text("The other set is not approved yet")
