"""Every page there is, on a desk and on a phone, by day and by night, as anyone and as staff."""

import re

import pytest

from tests.journeys.conftest import DESK, PHONE
from tests.support.deployment import fetched
from tests.support.routes import ROUTES, addresses_of, is_described, site_routes

PAGES = [name for name in ROUTES if ROUTES[name].kind == "page"]
MISSING_PAGES = ["/no-such-page/", "/registers/no-such-register/", "/proposals/NO999/"]


def test_no_address_of_the_site_is_left_out():
    missing = [name for name in site_routes() if not is_described(name)]
    assert not missing, f"Add these to tests/support/routes.py: {missing}"


def test_every_address_of_the_table_is_there():
    gone = set(ROUTES) - set(site_routes())
    assert not gone, f"Take these out of tests/support/routes.py: {gone}"


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """Return what was looked at so far: many addresses lead to the page for signing in."""
    return set()


@pytest.fixture
def look_at(assert_accessible, seen):
    """Return a function that looks at one address in every way a page is looked at."""

    def look(page, address: str) -> bool:
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        response = page.goto(address)
        page.wait_for_load_state()
        is_page = response.headers.get("content-type", "").startswith("text/html")
        if not is_page or (shown := shown_on(page)) in seen:
            return False
        seen.add(shown)
        assert_accessible(page)
        page.set_viewport_size(PHONE)
        assert_accessible(page, "target-size", "scrollable-region-focusable")
        assert_fits(page)
        return True

    return look


def shown_on(page) -> str:
    """Return what the page shows below its head: staff are offered more, on some pages."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.inner_html("main"))


def assert_fits(page) -> None:
    """Fail, naming what sticks out, if the page is wider than the window."""
    wide = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return [];
            return [...document.body.querySelectorAll('*')]
                .filter(each => each.getBoundingClientRect().right > room + 1)
                .slice(0, 5).map(each => each.outerHTML.slice(0, 160));
        }"""
    )
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"], f"{page.url} is {width} px wide: {wide}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(name, open_context, look_at, assert_accessible, site):
    page = open_context().new_page()
    for address in addresses_of(name, lambda path: fetched(site, path)):
        if look_at(page, address):
            # The colours of the night, on the phone; staff are shown the same ones.
            page.emulate_media(color_scheme="dark")
            assert_accessible(page, "color-contrast")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_staff_see_is_for_everybody(name, open_context, look_at, site, staff_state):
    page = open_context(storage_state=staff_state).new_page()
    for address in addresses_of(name, lambda path: fetched(site, path)):
        if name != "account_logout":
            look_at(page, address)


@pytest.mark.parametrize("address", MISSING_PAGES)
def test_what_is_not_there_is_told_accessibly(address, page, look_at):
    look_at(page, address)
