"""From asking for an account to signing in with a second factor, as each person meets it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, SIGNED_IN, code_now
from tests.support.deployment import Deployment, fetched

ADDRESS = "alex@supplier.example"
SENTENCE = "a sentence that only Alex knows"


@pytest.fixture
def own_folder(deployment: Deployment, tmp_path: Path):
    """Return a copy of the demonstration that the test may change, and its address."""
    copy = deployment.copied_to(tmp_path / "var")
    with copy.served() as address:
        yield copy, address


def mailed(folder: Deployment, subject: str) -> str:
    """Return the link in the mail with a subject that reached Alex, without the site's name."""
    log = (folder.folder / "server.log").read_text()
    text = log.partition(f"Subject: {subject}")[2]
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", text)
    assert found, f"No mail '{subject}' in the log"
    return found[1]


def party_of(site: str) -> str:
    """Return the name of one who is a Party today."""
    return str(fetched(site, "/api/v1/parties?page_size=1")["rows"][0]["name"])


def register(page: Page, folder: Deployment, party: str) -> None:
    """Ask for an account, and confirm the address."""
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Ask for one").click()
    page.get_by_label("Name", exact=True).fill("Alex Example")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.get_by_label("Your Party").fill(party)
    page.get_by_label("What do you need the account for?").fill("To answer consultations")
    page.get_by_role("button", name="Ask for an account").click()
    page.wait_for_url("**/register/sent/")
    page.goto(mailed(folder, "Confirm your e-mail address"))
    page.get_by_role("button", name="Confirm it").click()
    expect(page.get_by_role("heading", name="Your address is confirmed")).to_be_visible()


def approve(page: Page, look) -> None:
    """Open the account that waits, as staff, looking at each page on the way."""
    page.goto("/people/")
    look(page)
    page.get_by_role("link", name="Requests").click()
    look(page)
    page.get_by_role("link", name="Alex Example").click()
    look(page)
    page.get_by_role("link", name="Open the account").click()
    page.get_by_label("Administrator: manages the Party's people too").check()
    page.get_by_role("button", name="See what will happen").click()
    look(page)
    page.get_by_role("button", name="Open the account").click()
    expect(page.get_by_text("approved").first).to_be_visible()
    page.get_by_role("link", name="Alex Example").click()
    look(page)


def second_factor(page: Page) -> str:
    """Set up an app as the second factor, and return a recovery code."""
    page.goto("/accounts/2fa/totp/activate/")
    page.get_by_label("Password", exact=True).fill(SENTENCE)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Authenticator code").fill(code_now(page))
    page.get_by_role("button", name="Use it from now on").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    return page.locator(".codes code").first.inner_text()


def test_staff_approve_a_registration_and_the_member_signs_in_with_a_second_factor(
    open_context, own_folder, sign_in, assert_accessible
):
    folder, site = own_folder

    def look(page: Page) -> None:
        assert_accessible(page)
        page.set_viewport_size(PHONE)
        assert_accessible(page, "target-size", "scrollable-region-focusable")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{page.url} is {wide} px wide"
        page.set_viewport_size({"width": 1280, "height": 900})

    alex, staff = open_context(site).new_page(), open_context(site).new_page()
    register(alex, folder, party_of(site))
    sign_in(staff)
    approve(staff, look)

    alex.goto(mailed(folder, "Your account is open"))
    alex.get_by_label("New password", exact=True).fill(SENTENCE)
    alex.get_by_label("The new password again").fill(SENTENCE)
    alex.get_by_role("button", name="Set the password").click()
    alex.wait_for_url("**/reset/key/done/")
    alex.get_by_role("link", name="Sign in").last.click()
    alex.get_by_label("E-mail address").fill(ADDRESS)
    alex.get_by_label("Password", exact=True).fill(SENTENCE)
    alex.get_by_role("button", name="Sign in", exact=True).click()
    alex.wait_for_url(SIGNED_IN)
    recovery = second_factor(alex)
    look(alex)

    # What is an administrator's alone, and what asks who signed in long ago for the password.
    for address in ("/my-party/people/", "/my-party/people/invite/", "/accounts/2fa/webauthn/add/",
                    "/accounts/email/"):  # fmt: skip
        alex.goto(address)
        look(alex)

    again = open_context(site).new_page()
    again.goto("/accounts/login/")
    again.get_by_label("E-mail address").fill(ADDRESS)
    again.get_by_label("Password", exact=True).fill(SENTENCE)
    again.get_by_role("button", name="Sign in", exact=True).click()
    again.wait_for_url("**/accounts/2fa/authenticate/")
    look(again)
    again.get_by_label("Code", exact=True).fill(recovery)
    again.get_by_role("button", name="Sign in", exact=True).click()
    again.wait_for_url(SIGNED_IN)
    again.goto("/my-party/people/")
    expect(again.get_by_role("heading", name="Your Party's people")).to_be_visible()


def test_a_passkey_of_the_device_is_added_and_opens_the_account(open_context, own_site, sign_in):
    # A passkey belongs to a name, and an address in numbers is none.
    site = own_site.replace("127.0.0.1", "localhost")
    context = open_context(site)
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
               "hasUserVerification": True, "isUserVerified": True}  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    sign_in(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("It opens my account without a password").check()
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(re.compile(r"/accounts/2fa/(?!webauthn/add/)"))
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator("strong", has_text="Passkey 1")).to_be_visible()

    context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site}/")
    page.goto("/accounts/sessions/")
    expect(page.get_by_role("heading", name="Sessions")).to_be_visible()
