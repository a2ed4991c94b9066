"""A proposal's way from a problem to law in force, each step by the clicks of whose it is."""

from playwright.sync_api import FilePayload, Page, expect

from tests.support.clicked_setting import RELEASE, tracked_file
from tests.support.clicking_people import Office, done

TITLE = "Brighter lamps"
PLACE = "/proposals/MP079/"
QUESTION = "Should the lamps be brighter?"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SECRET = "Forty thousand lamps a year, which our rivals must not know"


def raise_it(office: Office) -> None:
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
    office.look(pia)
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
    pia.get_by_role("link", name="DP079").click()
    pia.wait_for_url("**/proposals/DP079/")


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


def develop(office: Office) -> None:
    """The CSC takes it into refinement; the DCC assesses it."""
    office.clock("2022-04-12 10:00")
    csc = office.person("cleo").at("/whose-move/")
    csc.get_by_role("link", name="DP079").click()
    move(
        csc,
        "Take into the Refinement Process",
        "It is called MP079",
        route="Authority-determined",
    )

    office.clock("2022-04-13 10:00")
    staff = office.person("secretary").at(PLACE)
    move(staff, "Ask the DCC for a Preliminary Assessment", "Dan")

    office.clock("2022-04-14 10:00")
    dcc = office.person("dan").at("/whose-move/")
    dcc.get_by_role("link", name="MP079").click()
    move(dcc, "Accept the request for a Preliminary Assessment", "Working Days")

    office.clock("2022-04-21 10:00")
    dcc.goto(PLACE)
    move(dcc, "Return the Preliminary Assessment", "ends after 3 of 15 Working Days")


def draft_and_report(office: Office) -> None:
    """The analyst saves its legal text, and issues the Modification Report; the CSC sends it on."""
    office.clock("2022-04-22 10:00")
    staff = office.person("secretary").at(PLACE)
    staff.get_by_role("link", name="Save legal text for it").click()
    staff.get_by_label("Name", exact=True).fill("lamps")
    staff.get_by_label("Document").fill("Section D")
    file: FilePayload = {"name": "lamps.docx", "mimeType": WORD, "buffer": tracked_file()}
    staff.get_by_label("File").set_input_files(file)
    staff.get_by_role("button", name="See what was understood").click()
    office.look(staff)
    expect(staff.locator("main")).to_contain_text("lamps gets version 1 for MP079")
    staff.get_by_role("button", name="Save it").click()

    staff.goto(PLACE)
    staff.get_by_role("link", name="The report as the record has it now").click()
    staff.get_by_role("link", name="Issue this report").click()
    done(staff, "Modification Report", button="Issue it")
    expect(staff.get_by_text("Version 1 is issued.")).to_be_visible()

    office.clock("2022-04-26 09:00")
    csc = office.person("cleo").at("/whose-move/")
    csc.get_by_role("link", name="MP079").click()
    csc.get_by_role("link", name="What can be done with it").click()
    office.look(csc)
    csc.go_back()
    move(csc, "Take to the Report Phase", "It goes from Refine to")


def consult(office: Office) -> None:
    """The analyst consults on the report."""
    office.clock("2022-04-26 14:00")
    staff = office.person("secretary").at(PLACE)
    staff.get_by_role("link", name="Begin a consultation about it").click()
    staff.get_by_label("Kind").select_option(label="Modification Report Consultation")
    staff.get_by_label("Title").fill(QUESTION)
    staff.get_by_label("What is the issue?").fill("The lamps are too dim.")
    staff.get_by_role("button", name="Begin a draft").click()
    staff.get_by_role("link", name="Open it").click()
    staff.get_by_label("Last day for answers").fill("2022-05-18")
    done(staff, "It closes at 17:00 on Wednesday 18 May 2022", button="Open it")
    expect(staff.get_by_text("Open for answers.")).to_be_visible()


def answer(office: Office) -> None:
    """Three answer: a Party with a part in confidence, one by a mailed link, one without a name."""
    office.clock("2022-05-03 10:00")
    bea = office.person("bea").at(PLACE)
    bea.get_by_role("link", name="CON001").click()
    bea.get_by_role("link", name="Answer for Beta Limited").click()
    bea.locator("#question-1").get_by_label("Yes").check()
    bea.locator("#question-4").get_by_role("textbox").fill(SECRET)
    bea.locator("#question-4").get_by_label("This answer is confidential").check()
    _hand_in(bea)

    ann = _begins(office, "Ann")
    ann.get_by_role("button", name="Save only").click()
    expect(ann.get_by_text("Not handed in", exact=True)).to_be_visible()
    ann.goto(office.mailed("ann@respondent.example", "/consultations/answers/"))
    expect(ann.locator("#question-4").get_by_role("textbox")).to_have_value("Says Ann")
    _hand_in(ann)

    ben = _begins(office, "Ben")
    ben.get_by_label("Do not name us").check()
    _hand_in(ben)


def _begins(office: Office, name: str) -> Page:
    """Somebody without an account finds the consultation, and begins to answer."""
    page = office.open_page()
    page.goto("/consultations/")
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_role("link", name="Answer it here").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(f"{name.lower()}@respondent.example")
    page.get_by_role("button", name="Begin").click()
    page.locator("#question-1").get_by_label("No", exact=True).check()
    page.locator("#question-4").get_by_role("textbox").fill(f"Says {name}")
    return page


def _hand_in(page: Page) -> None:
    page.get_by_role("button", name="Save, and see what handing in does").click()
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("Handed in: a confirmation is on its way")).to_be_visible()


def publish_answers(office: Office) -> None:
    """It closes by itself; the analyst publishes what may be public, and opens the vote."""
    office.jobs("2022-05-18 17:01")
    office.clock("2022-05-19 10:00")
    staff = office.person("secretary").at(PLACE)
    staff.get_by_role("link", name="CON001").click()
    staff.get_by_role("link", name="Publish the answers").click()
    expect(staff.get_by_text("Confidential answers that are not published: 1.")).to_be_visible()
    staff.get_by_role("button", name="Publish them").click()
    expect(staff.get_by_text("The answers are published.")).to_be_visible()

    staff.goto(PLACE)
    staff.get_by_role("link", name="Open a vote of the Change Board about it").click()
    staff.get_by_label("Closes").fill("2022-05-25T17:00")
    done(staff, "and recommends, and another decides", button="Open the vote")
    expect(staff.get_by_role("link", name=TITLE)).to_be_visible()


def vote(office: Office) -> None:
    """Three members of the Change Board vote; the secretary counts, and sends it on."""
    office.clock("2022-05-24 10:00")
    for name, choice in (("ada", "Approve"), ("cora", "Approve"), ("nia", "Reject")):
        member = office.person(name).at("/votes/mine/")
        member.get_by_role("link", name=TITLE).click()
        member.get_by_label(choice, exact=True).check()
        member.get_by_label("Reason").fill(f"So says {name}")
        if name == "ada":
            office.look(member)
        done(member, choice, button="Cast the ballot")
        expect(member.get_by_text("Your ballot is cast.")).to_be_visible()

    office.clock("2022-05-25 17:30")
    staff = office.person("secretary").at(PLACE)
    staff.get_by_role("link", name="Change Board", exact=True).click()
    staff.get_by_role("link", name="Count it").click()
    staff.get_by_role("button", name="Count it").click()
    expect(staff.get_by_text("The vote is counted.")).to_be_visible()
    office.look(staff)
    staff.get_by_role("link", name="Recommend its approval").click()
    done(staff, "Mail 'Sent to the Authority' goes to")


def decide(office: Office) -> None:
    """The Authority approves it."""
    office.clock("2022-06-08 10:00")
    authority = office.person("otto").at("/whose-move/")
    authority.get_by_role("link", name="MP079").click()
    move(authority, "Record the Authority's approval", "The Authority")


def release(office: Office) -> None:
    """The analyst puts both texts together, decides their conflict, and publishes the version."""
    office.clock("2022-06-09 10:00")
    staff = office.person("secretary").at("/releases/")
    for proposal in ("MP079", "MP078"):
        staff.goto("/releases/")
        staff.get_by_role("link", name=RELEASE).first.click()
        staff.get_by_role("link", name="Record a decision on its scope").click()
        staff.get_by_label("Proposal").fill(proposal)
        staff.get_by_label("Decided on").fill("2022-06-09")
        staff.get_by_label("Body").select_option(label="Change Sub-Committee")
        staff.get_by_role("button", name="See what will be recorded").click()
        staff.get_by_role("button", name="Do this").click()
    staff.goto("/releases/")
    staff.get_by_role("link", name=RELEASE).first.click()
    staff.get_by_role("link", name="Compose it").click()
    for box in staff.get_by_role("checkbox").all():
        box.check()
    staff.get_by_role("button", name="Put them together").click()
    expect(staff.get_by_text("has 1 conflict that nobody has decided")).to_be_visible()
    office.look(staff)
    staff.get_by_role("link", name="Decide Section D2").click()
    staff.get_by_label("As lamps has it").check()
    staff.get_by_label("Reason").fill("The later decision prevails")
    staff.get_by_role("button", name="Decide it so").click()
    staff.get_by_role("link", name="Publish it").click()
    staff.get_by_label("Version number").fill("47.0")
    done(staff, "MP078 and MP079 are noted as implemented", button="Publish it")
    expect(staff.get_by_text("Version 47.0 is published.")).to_be_visible()
    office.jobs("2022-06-30 00:15")


STEPS = (
    raise_it,
    develop,
    draft_and_report,
    consult,
    answer,
    publish_answers,
    vote,
    decide,
    release,
)
