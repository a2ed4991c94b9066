"""A proposal's way from a problem to law in force, each step by the clicks of whose it is."""

import re

from playwright.sync_api import Page, expect

from tests.support.clicked_setting import tracked_file
from tests.support.clicking_people import Office, done

TITLE = "Brighter lamps"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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
    move(dcc, "Return the Preliminary Assessment", "ends after 3 of 15 Working Days")



def draft_and_report(office: Office, number: str) -> None:
    """The analyst saves its legal text, and issues the Modification Report; the CSC sends it on."""
    office.clock("2022-04-22 10:00")
    staff = office.person("secretary").at(f"/proposals/MP{number}/")
    staff.get_by_role("link", name="Save legal text for it").click()
    staff.get_by_label("Name", exact=True).fill("lamps")
    staff.get_by_label("Document").fill("Section D")
    file = {"name": "lamps.docx", "mimeType": WORD, "buffer": tracked_file()}
    staff.get_by_label("File").set_input_files(file)
    staff.get_by_role("button", name="See what was understood").click()
    expect(staff.locator("main")).to_contain_text(f"lamps gets version 1 for MP{number}")
    staff.get_by_role("button", name="Save it").click()

    staff.goto(f"/proposals/MP{number}/")
    staff.get_by_role("link", name="The report as the record has it now").click()
    staff.get_by_role("link", name="Issue this report").click()
    done(staff, "Modification Report", button="Issue it")
    expect(staff.get_by_text("Version 1 is issued.")).to_be_visible()

    office.clock("2022-04-26 09:00")
    csc = office.person("cleo").at("/whose-move/")
    csc.get_by_role("link", name=f"MP{number}").click()
    move(csc, "Take to the Report Phase", "It goes from Refine to")


def consult(office: Office, number: str) -> str:
    """The analyst consults on the report; the consultation's address."""
    office.clock("2022-04-26 14:00")
    staff = office.person("secretary").at(f"/proposals/MP{number}/")
    staff.get_by_role("link", name="Begin a consultation about it").click()
    staff.get_by_label("Kind").select_option(label="Modification Report Consultation")
    staff.get_by_label("Title").fill("Should the lamps be brighter?")
    staff.get_by_label("What is the issue?").fill("The lamps are too dim.")
    staff.get_by_role("button", name="Begin a draft").click()
    staff.get_by_role("link", name="Open it").click()
    staff.get_by_label("Last day for answers").fill("2022-05-18")
    done(staff, "It closes at 17:00 on Wednesday 18 May 2022", button="Open it")
    expect(staff.get_by_text("Open for answers.")).to_be_visible()


STEPS = (raise_it, develop, draft_and_report, consult)
