"""A real Chromium on the running site; any complaint of the browser fails the test.

The site is a deployment of its own with the demonstration's records, served once for all
journeys. A journey that writes gets a copy of it, see `own_site`.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.browser import ARGUMENTS, WHY_NONE, find_chromium
from tests.support.complaints import Complaints
from tests.support.deployment import Deployment, prepared_deployment
from tests.support.party_user import PARTY_PASSWORD, PARTY_USER, party_user_joins

HERE = Path(__file__).parent
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
CODE_SECONDS = 30
# A busy machine is no fault of the site, and who waits for what comes at once waits no longer.
WITHIN_MILLISECONDS = 30_000
expect.set_options(timeout=WITHIN_MILLISECONDS)
SIGNED_IN = re.compile(r"^(?!.*/accounts/(?:login|2fa)/)")
# The rows of a table are alike, and so are clauses of nothing but words; to look at each of 300
# takes seconds and finds nothing more.
ALIKE = ["tbody tr:nth-child(n+4)", "li:nth-child(n+6)",
         ".provision:nth-of-type(n+16):not(:has(details, table, ins, del, .conflict))"]  # fmt: skip
RUN_AXE = "asked => window.axe ? axe.run(...asked) : null"
EMAIL, PASSWORD = "secretary@example.org", "a password that nobody guesses"


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


def _demonstration(folder: Path, code: str) -> Deployment:
    # That of the SEC begins with nothing, as it does for whoever tries it.
    made = prepared_deployment(folder, code) if code != "sec" else Deployment(folder, code)
    folder.mkdir(exist_ok=True)
    made.take_in_demonstration()
    # Signing in needs a password and a code, and neither is made on a page.
    made.must("staff", "add", "--email", EMAIL, "--name", "The Secretary", "--password", PASSWORD)
    return made


@pytest.fixture(scope="session")
def deployment(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """Return the demonstration of the SEC, with a Party's user and staff who never signed in."""
    made = _demonstration(tmp_path_factory.mktemp("sec") / "var", "sec")
    party_user_joins(made)
    return made


@pytest.fixture(scope="session")
def example_deployment(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """Return the demonstration of the fictional code."""
    return _demonstration(tmp_path_factory.mktemp("example") / "var", "example")


@pytest.fixture(scope="session")
def site(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the demonstration's site, which no journey changes."""
    copy = deployment.copied_to(tmp_path_factory.mktemp("site") / "var")
    with copy.served() as address:
        yield address


@pytest.fixture(scope="session")
def example_site(example_deployment: Deployment) -> Iterator[str]:
    """Return the address of the fictional code's site, which no journey changes."""
    with example_deployment.served() as address:
        yield address


@pytest.fixture(params=["sec", "example"])
def either_site(request: pytest.FixtureRequest) -> str:
    """Return the address of each code's site in turn: no page is made for one code."""
    name = {"sec": "site", "example": "example_site"}[request.param]
    return str(request.getfixturevalue(name))


@pytest.fixture
def own_site(deployment: Deployment, tmp_path: Path) -> Iterator[str]:
    """Return the address of a copy of the demonstration that the test may change."""
    with deployment.copied_to(tmp_path / "var").served() as address:
        yield address


@pytest.fixture
def complaints() -> Complaints:
    """Return what the browser complains about; a test may name what it `expects`."""
    return Complaints()


@pytest.fixture
def open_context(
    browser: Browser, complaints: Complaints, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a fresh browser profile on the site, or on another one."""
    opened: list[BrowserContext] = []

    def open_one(address: str = "", **options: object) -> BrowserContext:
        address = address or str(request.getfixturevalue("site"))
        opened.append(opened_context(browser, address, complaints, **options))
        return opened[-1]

    yield open_one
    for context in opened:
        context.close()
    complaints.raise_any()


def opened_context(
    browser: Browser, address: str, complaints: Complaints, **options: Any
) -> BrowserContext:
    """Open a fresh profile on a site, whose complaints are noted."""
    options = {"viewport": DESK, "reduced_motion": "reduce", "locale": "en-GB",
               "timezone_id": "Europe/London"} | options  # fmt: skip
    context = browser.new_context(base_url=address, **options)
    context.set_default_timeout(WITHIN_MILLISECONDS)
    complaints.listen_to(context, site=address)
    return context


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
def sign_in() -> Callable[[Page], None]:
    """Return a function that signs staff in for the first time: password, then second factor."""

    def sign_one_in(page: Page) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(EMAIL)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(SIGNED_IN)  # else what follows would cut it short
        page.goto("/accounts/2fa/totp/activate/")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("Authenticator code").fill(code_now(page))
        page.get_by_role("button", name="Use it from now on").click()
        page.wait_for_url("**/accounts/2fa/recovery-codes/")

    return sign_one_in


@pytest.fixture(scope="session")
def party_sign_in() -> Callable[[Page, str], None]:
    """Return a function that signs a Large Supplier's user in, on the way to a page for users."""

    def sign_one_in(page: Page, address: str) -> None:
        page.goto(address)  # leads to signing in, and back
        page.get_by_label("E-mail address").fill(PARTY_USER)
        page.get_by_label("Password", exact=True).fill(PARTY_PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"**{address}")

    return sign_one_in


def code_now(page: Page) -> str:
    """Return what an authenticator shows for the secret on the page that sets it up."""
    secret = page.locator(".summary code").inner_text()
    # A code that is about to end would be too late by the time it arrives.
    if (left := CODE_SECONDS - time.time() % CODE_SECONDS) < 5:
        time.sleep(left)
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


@pytest.fixture(scope="session")
def staff_state(browser: Browser, site: str, sign_in: Callable[[Page], None]) -> dict[str, Any]:
    """Return the profile of a member of staff who is signed in and has issued one paper."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    sign_in(page)
    page.goto("/reports/operations-report/2021-09/issue/")
    page.get_by_role("button", name="Issue it").click()
    page.wait_for_url("**/versions/1/")
    state: dict[str, Any] = dict(context.storage_state())
    context.close()
    return state


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[..., None]:
    """Return a function that fails, with each rule and place, on what axe finds in a page.

    Only the named rules are run if any are named.
    """

    def assert_one(page: Page, *rules: str) -> None:
        # What passes need not be described; that takes half the time.
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        else:
            # Large enough to touch: WCAG 2.2 AA asks for it, axe only when told to.
            options["rules"] = {"target-size": {"enabled": True}}
        asked = [{"exclude": ALIKE}, options]
        if (answer := page.evaluate(RUN_AXE, asked)) is None:
            page.evaluate(AXE_SCRIPT)
            answer = page.evaluate(RUN_AXE, asked)
        found = answer["violations"]
        told = [
            f"{rule['id']}: {rule['help']}\n    "
            + "\n    ".join(f"{node['target']} {node['html'][:200]}" for node in rule["nodes"])
            for rule in found
        ]
        assert not told, f"{page.url} has {len(told)} accessibility faults\n" + "\n".join(told)

    return assert_one
