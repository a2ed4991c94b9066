"""Every page there is, on a desk and on a phone, by day and by night, as anyone and as staff."""

import re

import pytest

from tests.journeys.conftest import DESK, PHONE, opened_context
from tests.support.complaints import Complaints
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


@pytest.fixture(scope="module")
def windows(browser, site, request):
    """Return a function that gives the one page of a kind of reader, with its complaints.

    A profile for each address would fetch style, scripts and typeface anew for each.
    """
    opened = {}

    def window_of(who):
        if who not in opened:
            complaints = Complaints()
            signed_in = {"storage_state": request.getfixturevalue("staff_state")}
            context = opened_context(
                browser, site, complaints, **(signed_in if who == "staff" else {})
            )
            opened[who] = context.new_page(), complaints
        return opened[who]

    yield window_of
    for page, _ in opened.values():
        page.context.close()


@pytest.fixture
def window(windows):
    """Return the function that gives a reader's page; what it complains about fails the test."""
    used = []

    def window_of(who):
        page, complaints = windows(who)
        complaints.found.clear()
        used.append(complaints)
        return page

    yield window_of
    for complaints in used:
        complaints.raise_any()


@pytest.fixture
def look_at(assert_accessible, seen):
    """Return a function that looks at one address in every way a page is looked at.

    The colours of the night are looked at where they may differ, on the phone.
    """

    def on_desk(page) -> None:
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        assert_accessible(page)

    def on_phone(page, *, at_night: bool) -> None:
        page.set_viewport_size(PHONE)
        if at_night:
            page.emulate_media(color_scheme="dark")
            assert_accessible(page, "color-contrast")
        page.emulate_media(color_scheme="light")
        assert_accessible(page, "target-size", "scrollable-region-focusable")
        assert_fits(page)

    def look(page, address: str, *, at_night: bool) -> None:
        # Only read at first: half of all addresses lead to the page for signing in.
        answer = page.context.request.get(address)
        assert answer.status < 500, address
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if not is_page or (shown := shown_in(answer.text())) in seen:
            return
        seen.add(shown)
        was_on_phone = page.viewport_size == PHONE
        page.goto(address)
        # To change the width takes as long as to open a page: it begins where the last one ended.
        if was_on_phone:
            on_phone(page, at_night=at_night)
            on_desk(page)
        else:
            on_desk(page)
            on_phone(page, at_night=at_night)

    return look


def shown_in(page: str) -> str:
    """Return what a page shows below its head: staff are offered more, on some pages."""
    main = page.partition("<main")[2].partition("</main>")[0]
    assert main, page[:500]
    return re.sub(r'name="(csrfmiddlewaretoken|next)" value="[^"]*"|\?next=[^"&]*', "", main)


def assert_fits(page) -> None:
    """Fail, naming what sticks out, if the page is wider than the window."""
    width, wide = page.evaluate(
        """() => {
            const {clientWidth: room, scrollWidth: width} = document.documentElement;
            if (width <= room) return [width, []];
            return [width, [...document.body.querySelectorAll('*')]
                .filter(each => each.getBoundingClientRect().right > room + 1)
                .slice(0, 5).map(each => each.outerHTML.slice(0, 160))];
        }"""
    )
    assert width <= PHONE["width"], f"{page.url} is {width} px wide: {wide}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everybody(name, window, look_at, site):
    page = window("visitor")
    for address in addresses_of(name, lambda path: fetched(site, path)):
        look_at(page, address, at_night=True)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_staff_see_is_for_everybody(name, window, look_at, site):
    page, is_for_anyone = window("staff"), ROUTES[name].for_whom == "anyone"
    # What they see as anyone does is passed over; what is more is in the same colours.
    for address in addresses_of(name, lambda path: fetched(site, path)):
        if name != "account_logout":
            look_at(page, address, at_night=not is_for_anyone)


@pytest.mark.parametrize("address", MISSING_PAGES)
def test_what_is_not_there_is_told_accessibly(address, window, look_at):
    look_at(window("visitor"), address, at_night=False)
