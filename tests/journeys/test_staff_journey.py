"""A month's close by a member of staff: write, correct, issue; correct again, issue again."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.deployment import fetched

PAPER = "/reports/operations-report/2021-09/"
WORDS = "The lamp of the help desk was lit all month."


@pytest.fixture
def staff(open_context, own_site, sign_in):
    """Return a page on which staff have just signed in with both factors."""
    page = open_context(own_site).new_page()
    sign_in(page)
    return page


def counted(site: str) -> int:
    """Return how many Parties the API counts."""
    return int(fetched(site, "/api/v1/figures/parties.total?month=2021-09")["value"])


def end_membership(page, reason: str) -> str:
    """Correct a Party's category so that it had left before the month ended."""
    page.goto("/registers/party-categories/?as_at=2021-09-30&category=small-suppliers")
    page.locator("tbody tr").first.get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/registers/party-categories/[0-9a-f-]{36}/"))
    entry = page.url
    page.get_by_role("link", name="Correct").click()
    page.get_by_label("Held until (optional)").fill("2021-08-31")
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="See what will change").click()
    expect(page.get_by_text("becomes 31 August 2021")).to_be_visible()
    page.get_by_role("button", name="Do this").click()
    page.wait_for_url(entry)
    return entry


def test_a_month_is_closed_and_corrected(staff, own_site):
    page = staff

    page.goto("/registers/highlights/record/")
    page.get_by_label("Paper", exact=True).fill("operations-report")
    page.get_by_label("Month", exact=True).fill("2021-09")
    page.get_by_label("Section", exact=True).select_option("party-engagement")
    page.get_by_label("Position (optional)").fill("77")
    page.get_by_label("Text", exact=True).fill(WORDS)
    page.get_by_role("button", name="See what will be recorded").click()
    expect(page.get_by_text(WORDS).first).to_be_visible()
    page.get_by_role("button", name="Do this").click()
    page.wait_for_url(re.compile(r"/registers/highlights/(?!record/)"))
    page.goto(PAPER)
    expect(page.locator("main")).to_contain_text(WORDS)

    before = counted(own_site)
    entry = end_membership(page, "It had left; the notice was mislaid")
    assert counted(own_site) == before - 1
    page.goto(entry)
    history = page.locator(".timeline")
    expect(history).to_contain_text("It had left; the notice was mislaid")
    expect(history.locator("del")).to_have_count(1)
    expect(history.locator("ins")).to_have_count(1)

    issue(page)
    page.wait_for_url("**/versions/1/")
    expect(page.get_by_text("This is the first version")).to_be_visible()

    end_membership(page, "It had left as well")
    issue(page, "Another Party had left")
    page.wait_for_url("**/versions/2/")
    moved = page.get_by_role("table", name="Figures that moved")
    total = (
        moved.get_by_role("row")
        .filter(has_text="parties.total")
        .or_(moved.get_by_role("row").filter(has=page.locator("a[href*='/parties.total/']")))
    )
    expect(total.first).to_contain_text(f"{before - 1}")
    expect(total.first).to_contain_text(f"{before - 2}")
    expect(page.get_by_text("Another Party had left")).to_be_visible()

    first = fetched(own_site, f"{PAPER}versions/1/report.json")
    assert first["figures"]["parties.total"]["value"] == before - 1

    # Nothing is issued twice without a change.
    issue(page, "Once more")
    expect(page.locator("main")).to_contain_text("Nothing has moved since version 2")


def issue(page, reason: str = "") -> None:
    page.goto(PAPER)
    page.get_by_role("link", name="Issue a version").click()
    if reason:
        page.get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Issue it").click()


# The fictional code's secretary never signs in.
def test_a_wrong_password_lets_nobody_in(open_context, example_site):
    page = open_context(example_site).new_page()
    page.goto("/accounts/login/?next=https://elsewhere.test/")
    page.get_by_label("E-mail address").fill("secretary@example.org")
    page.get_by_label("Password", exact=True).fill("a guess")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto("/registers/highlights/record/")
    page.wait_for_url("**/accounts/login/**")


def test_staff_without_a_second_factor_are_led_to_set_one_up(open_context, example_site):
    page = open_context(example_site).new_page()
    page.goto("/accounts/login/?next=/registers/highlights/record/")
    page.get_by_label("E-mail address").fill("secretary@example.org")
    page.get_by_label("Password", exact=True).fill("a password that nobody guesses")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/accounts/2fa/")
    expect(page.locator("main")).to_contain_text(re.compile("second factor", re.IGNORECASE))
