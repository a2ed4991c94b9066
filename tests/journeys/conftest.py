"""A real Chromium on the running site; any complaint of the browser fails the test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.browser import ARGUMENTS, WHY_NONE, find_chromium
from tests.support.complaints import Complaints

HERE = Path(__file__).parent
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's Chromium once for all journeys; skip without one, but not in CI."""
    program = find_chromium()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(WHY_NONE, pytrace=False)
        pytest.skip(WHY_NONE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread, and Django would refuse its queries.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> Complaints:
    """Return what the browser complains about; a test may name what it `expects`."""
    return Complaints()


@pytest.fixture
def open_context(
    browser: Browser, live_server: object, complaints: Complaints
) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a fresh browser profile on the site."""
    opened: list[BrowserContext] = []

    def open_one(**options: object) -> BrowserContext:
        options = {"viewport": DESK, "locale": "en-GB", "timezone_id": "Europe/London"} | options
        context = browser.new_context(base_url=str(live_server), **options)
        context.set_default_timeout(10_000)
        complaints.listen_to(context, site=str(live_server))
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    complaints.raise_any()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """Return an empty page as wide as a desk's screen; `page.goto("/")` is the site."""
    return open_context().new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    """Return an empty page as wide as a phone's screen, with touch."""
    return open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def page_without_script(open_context: Callable[..., BrowserContext]) -> Page:
    """Return an empty page of a browser that runs no script."""
    return open_context(java_script_enabled=False).new_page()


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """Return a function that fails, with each rule and place, on what axe finds in a page."""
    axe = Axe()

    def assert_one(page: Page) -> None:
        found = axe.run(page).response["violations"]
        told = [
            f"{rule['id']}: {rule['help']}\n    "
            + "\n    ".join(f"{node['target']} {node['html'][:200]}" for node in rule["nodes"])
            for rule in found
        ]
        assert not told, f"{page.url} has {len(told)} accessibility faults\n" + "\n".join(told)

    return assert_one
