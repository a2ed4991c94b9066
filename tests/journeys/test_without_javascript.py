"""Lists are filtered, sorted and turned over by a browser that runs no script at all."""

import re

import pytest
from playwright.sync_api import expect

LISTS = ["/proposals/", "/registers/proposals/", "/parties/", "/registers/party-categories/"]


@pytest.fixture
def plain(open_context, either_site):
    """Return an empty page without script on each code's site in turn."""
    return open_context(either_site, java_script_enabled=False).new_page()


def count_on(page) -> int:
    """Return how many entries the list says there are."""
    return int("".join(filter(str.isdigit, page.locator(".count").first.inner_text())))


@pytest.mark.parametrize("address", LISTS)
def test_words_narrow_a_list(plain, address):
    plain.goto(address)
    every = count_on(plain)
    word = plain.locator("tbody tr").first.locator("th, td").first.inner_text().split()[0]
    plain.locator("main").get_by_role("searchbox").fill(word)
    plain.get_by_role("button", name="Apply").click()
    plain.wait_for_url("**?*q=*")
    assert 0 < count_on(plain) <= every
    expect(plain.locator("main").get_by_role("searchbox")).to_have_value(word)

    plain.locator("main").get_by_role("searchbox").fill("nothing bears these words")
    plain.get_by_role("button", name="Apply").click()
    expect(plain.locator("tbody tr")).to_have_count(0)
    plain.get_by_role("link", name="Clear").first.click()
    expect(plain.locator("tbody tr")).not_to_have_count(0)
    assert count_on(plain) == every


def test_a_choice_narrows_a_list(plain):
    plain.goto("/proposals/")
    every = count_on(plain)
    plain.get_by_label("Stage").select_option(index=2)
    plain.get_by_role("button", name="Apply").click()
    plain.wait_for_url("**?*stage=*")
    assert count_on(plain) < every


def test_a_head_sorts_a_list_and_sorts_it_back(plain):
    plain.goto("/registers/proposals/?sort=title")
    first = plain.locator("tbody tr").first.inner_text()
    head = plain.locator("th[aria-sort]")
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(plain.locator("tbody tr").first).not_to_have_text(first, use_inner_text=True)


def test_a_list_is_turned_over_and_keeps_its_filter(page_without_script):
    page = page_without_script
    page.goto("/registers/party-events/?sort=happened_on&event=acceded")
    first = page.locator("tbody tr").first.inner_text()
    page.get_by_role("link", name="Next").click()
    page.wait_for_url(re.compile("(?=.*page=2)(?=.*event=acceded)"))
    expect(page.locator("tbody tr").first).not_to_have_text(first, use_inner_text=True)


def test_a_number_of_a_paper_opens_without_script(plain):
    plain.goto("/reports/operations-report/2021-09/")
    plain.locator("a.figure-value").first.click()
    expect(plain.get_by_role("heading", name="How it is counted")).to_be_visible()
