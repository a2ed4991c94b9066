"""People at a deployment with a handed clock, each with a browser of their own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.support.handed_clock import HandedDeployment
from tests.support.people import PASSWORD

CODE_SECONDS = 30
LONDON = ZoneInfo("Europe/London")
SIGNED_IN = re.compile(r"^(?!.*/accounts/(?:login|2fa/authenticate)/)")


@dataclass
class Office:
    """The deployment, its clock, how a browser opens on it, and what looks at a page of note."""

    folder: HandedDeployment
    open_page: Callable[[], Page]
    look: Callable[[Page], None]
    people: dict[str, "Someone"] = field(default_factory=dict)

    def clock(self, text: str) -> None:
        """Let it be a moment by the clocks of London, such as '2022-04-04 09:00'."""
        self.folder.set_clock(datetime.fromisoformat(text).replace(tzinfo=LONDON))

    def jobs(self, text: str) -> None:
        """Let it be a moment, and the jobs run that are due by then."""
        self.clock(text)
        self.folder.must("scheduler", "--once")

    def mailed(self, to: str, path: str) -> str:
        """Return the address on the site that the last mail to somebody leads to."""
        log = (self.folder.folder / "server.log").read_text()
        text = log.rpartition(f"To: {to}")[2]
        found = re.search(rf"http://[^/\s]+({re.escape(path)}\S+)", text)
        assert found, f"No mail to {to} leads to {path}"
        return found[1]

    def person(self, name: str) -> "Someone":
        """Return one of the people, who has one browser all along."""
        if name not in self.people:
            self.people[name] = Someone(self, f"{name}@engross.example", self.open_page())
        return self.people[name]


@dataclass
class Someone:
    """A person at a browser, who signs in whenever the site asks for it."""

    office: Office
    email: str
    page: Page
    secret: str = ""

    def at(self, address: str) -> Page:
        """Come to an address, signed in."""
        self.page.goto(address)
        asked = self.page.get_by_role("banner").get_by_role("link", name="Sign in")
        if "/accounts/login/" not in self.page.url and asked.count():
            asked.click()
        return self.signed_in()

    def signed_in(self) -> Page:
        """Sign in, if that is what the page asks for."""
        if "/accounts/login/" in self.page.url:
            self._sign_in()
        return self.page

    def _sign_in(self) -> None:
        page = self.page
        page.get_by_label("E-mail address").fill(self.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        if self.secret:
            page.wait_for_url("**/accounts/2fa/authenticate/**")
            page.get_by_label("Code", exact=True).fill(self._code())
            page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(SIGNED_IN)

    def set_up_second_factor(self) -> None:
        """Do as the page says that asks staff for a second factor."""
        page = self.page
        expect(page.get_by_text("Set up a second factor first.")).to_be_visible()
        page.get_by_role("link", name="Set it up").click()
        page.get_by_role("link", name="Set it up").click()
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
        self.secret = page.locator(".summary code").inner_text()
        page.get_by_label("Authenticator code").fill(self._code())
        page.get_by_role("button", name="Use it from now on").click()
        page.wait_for_url("**/accounts/2fa/recovery-codes/")

    def _code(self) -> str:
        """Return what an authenticator shows at the handed moment."""
        counter = int(self.office.folder.moment().timestamp()) // CODE_SECONDS
        return str(format_hotp_value(hotp_value(self.secret, counter)))


def done(page: Page, told: str, *, button: str = "Do this") -> None:
    """See what will happen, find something told there, and do it."""
    page.get_by_role("button", name="See what will").click()
    expect(page.locator("main")).to_contain_text(told)
    page.get_by_role("button", name=button, exact=True).click()
