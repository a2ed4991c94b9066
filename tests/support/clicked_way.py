"""A proposal's way from a problem to law in force, each step by the clicks of whose it is."""

import re

from playwright.sync_api import Page, expect

from tests.support.clicking_people import Office, done

TITLE = "Brighter lamps"
SECRET = "Forty thousand lamps a year, which our rivals must not know"


def raise_it(office: Office) -> str:
    """A Party describes a problem, the change team comments, the Party raises it."""
    office.clock("2022-04-04 09:00")
    pia = office.person("pia").at("/")
    pia.get_by_role("navigation", name="Main").get_by_role("link", name="Modifications").click()
    pia.get_by_role("link", name="Raise a proposal").click()
    office.person("pia").signed_in()
    pia.get_by_role("link", name="Describe a problem").click()
    pia.get_by_label("Title").fill(TITLE)
    pia.get_by_label("What is the problem?").fill("Nobody sees the meters.")
    pia.get_by_label("Large Suppliers").check()
    done(pia, "no proposal is raised yet", button="Hand it in")
    expect(pia.get_by_text("Handed in.")).to_be_visible()

    office.clock("2022-04-05 10:00")
    staff = office.person("secretary").at("/proposals/problems/")
    office.person("secretary").set_up_second_factor()
    staff.goto("/proposals/problems/")
    staff.get_by_role("link", name=TITLE).click()
    staff.get_by_role("link", name="Comment on it").click()
    staff.get_by_label("Comments").fill("Say how many meters.")
    done(staff, "Pia gets the comments by mail")

    office.clock("2022-04-06 09:00")
    pia.goto("/proposals/problems/")
    pia.get_by_role("link", name=TITLE).click()
    expect(pia.get_by_text("Say how many meters.")).to_be_visible()
    pia.get_by_role("link", name="Raise it").click()
    pia.get_by_label("What is the problem?").fill("Nobody sees 40,000 meters.")
    done(pia, "is raised today, and is public", button="Raise it")
    pia.get_by_role("link", name=re.compile(r"^DP\d+$")).click()
    found = re.search(r"/proposals/DP(\d+)/", pia.url)
    assert found, pia.url
    return found[1]


def move(page: Page, name: str, told: str, *, route: str = "", reason: str = "") -> None:
    """Make a move from a proposal's page, once what it will do is told."""
    page.get_by_role("link", name="What can be done with it").click()
    page.get_by_role("link", name=name).click()
    if route:
        page.get_by_label("Route").select_option(label=route)
    if reason:
        page.get_by_label("Reason").fill(reason)
    done(page, told)
    expect(page.get_by_role("link", name="What can be done with it")).to_be_visible()


def develop(office: Office, number: str) -> None:
    """The CSC takes it into refinement; the DCC assesses it."""
    office.clock("2022-04-12 10:00")
    csc = office.person("cleo").at("/whose-move/")
    csc.get_by_role("link", name=f"DP{number}").click()
    move(csc, "Take into the Refinement Process", f"It is called MP{number}", route="Authority-determined")

    office.clock("2022-04-13 10:00")
    staff = office.person("secretary").at(f"/proposals/MP{number}/")
    move(staff, "Ask the DCC for a Preliminary Assessment", "Dan")

    office.clock("2022-04-14 10:00")
    dcc = office.person("dan").at("/whose-move/")
    dcc.get_by_role("link", name=f"MP{number}").click()
    move(dcc, "Accept the request for a Preliminary Assessment", "Working Days")

    office.clock("2022-04-21 10:00")
    dcc.goto(f"/proposals/MP{number}/")
    move(dcc, "Return the Preliminary Assessment", "mail")
