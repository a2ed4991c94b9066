"""A visitor reads a month's paper, and opens a number of it down to what was recorded."""

import re

import pytest
from playwright.sync_api import expect

REPORT = "/reports/operations-report/2021-09/"


@pytest.fixture
def reader(open_context, either_site):
    """Return an empty page on each code's site in turn."""
    return open_context(either_site).new_page()


def test_a_number_leads_to_its_rows_and_a_row_to_its_entry(reader):
    reader.goto("/")
    reader.get_by_role("navigation").get_by_role("link", name="Reports").first.click()
    reader.get_by_role("link", name="September 2021").click()
    reader.wait_for_url(f"**{REPORT}")

    number = reader.locator("a.figure-value[href*='proposals.']").first
    printed = number.inner_text()
    number.click()

    reader.wait_for_url("**?month=2021-09")
    expect(reader.locator(".stats, .stat").first).to_contain_text(printed)
    expect(reader.get_by_role("heading", name="How it is counted")).to_be_visible()
    rows = reader.get_by_role("table", name=reader.locator("h1").inner_text())
    rows.locator("tbody a").first.click()
    reader.wait_for_url(re.compile(r"/(proposals|registers)/"))
    expect(reader.locator("h1")).to_be_visible()
    expect(reader.locator(".timeline li")).not_to_have_count(0)


@pytest.mark.parametrize(
    ("form", "start"), [("PDF", b"%PDF-"), ("DOCX", b"PK\x03\x04"), ("HTML", b"<!doctype html>")]
)
def test_the_paper_can_be_taken_along(page, form, start, tmp_path):
    page.goto(REPORT)
    with page.expect_download() as downloaded:
        page.get_by_role("complementary").get_by_role("link", name=form, exact=False).first.click()
    kept = tmp_path / "paper"
    downloaded.value.save_as(kept)
    assert downloaded.value.suggested_filename == f"operations-report-2021-09.{form.lower()}"
    assert kept.read_bytes()[: len(start)].lower() == start.lower()
    assert kept.stat().st_size > 20_000


def test_any_month_can_be_asked_for_and_the_future_is_refused_kindly(reader):
    reader.goto("/reports/")
    month = reader.get_by_label("Month")
    month.fill("2021-09")
    reader.get_by_role("button", name="Make it").click()
    reader.wait_for_url(f"**{REPORT}")

    answer = reader.goto("/reports/operations-report/2199-01/")
    assert answer.status == 404
    assert "January 2199 has not begun" in reader.locator("main").inner_text()


def test_what_was_not_kept_is_said_and_not_counted_as_nothing(page):
    page.goto("/reports/operations-report/2012-01/")
    text = page.locator("main").inner_text().casefold()
    assert "no records" in text or "cannot be made" in text


def test_ours_stand_beside_what_was_published(page):
    page.goto(REPORT)
    page.get_by_role("link", name="All checks").click()
    table = page.get_by_role("table", name="Published figures and ours")
    expect(table.locator("tbody tr").nth(20)).to_be_visible()
