"""A smoke of the browser and of axe on the database that this run is about, PostgreSQL too."""

import pytest
from playwright.sync_api import expect

from tests.support.deployment import ON_POSTGRES, ROOT, on_tested_database
from tests.support.party_user import run_in

# Without what `engross demo` makes besides: papers, bulk files.
TEXT = """
from engross.cli.django_setup import set_up
set_up()
from engross.cli.demo import take_in_text
take_in_text("example")
"""


@pytest.fixture(scope="module")
def tested_site(request, browser, tmp_path_factory):
    """Return the address of the fictional code's site on this run's kind of database."""
    if not ON_POSTGRES:
        yield request.getfixturevalue("example_site")
        return
    folder = tmp_path_factory.mktemp("tested") / "var"
    deployment = on_tested_database(folder, "engross_served")
    deployment.must("import", *sorted((ROOT / "demo" / "example").glob("part[iy]*.csv")))
    run_in(deployment, TEXT)
    with deployment.served() as address:
        yield address


@pytest.mark.smoke
def test_records_and_text_are_found_and_read_by_everybody(
    open_context, tested_site, assert_accessible
):
    page = open_context(tested_site).new_page()
    page.goto("/")
    page.get_by_role("link", name="The code", exact=True).first.click()
    page.locator("main a[href^='/code/']:not([href*='#'])").first.click()
    page.wait_for_selector(".provision")
    assert_accessible(page)

    page.get_by_role("searchbox", name="Search everything").fill("shall keep")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?*")
    expect(page.locator("main mark")).not_to_have_count(0)
    assert_accessible(page)
