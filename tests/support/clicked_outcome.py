"""What everybody finds after a proposal's whole way: timeline, law in force, report, no secret."""

import re

from playwright.sync_api import Page, expect

from tests.support.clicked_setting import WORDING
from tests.support.clicked_way import SECRET, TITLE
from tests.support.clicking_people import Office

TIMELINE = (
    ("6 Apr 2022", "Raised"),
    ("6 Apr 2022", "Development Stage"),
    ("12 Apr 2022", "Refinement Process"),
    ("12 Apr 2022", "Change Sub-Committee: Progressed to Refinement"),
    ("13 Apr 2022", "Preliminary Assessment asked for"),
    ("14 Apr 2022", "Preliminary Assessment accepted"),
    ("21 Apr 2022", "Preliminary Assessment returned"),
    ("22 Apr 2022", f"Modification Report: MP079 {TITLE}"),
    ("22 Apr 2022", "Modification Report issued"),
    ("26 Apr 2022", "Report Phase"),
    ("26 Apr 2022", "Change Sub-Committee: Progressed to Report Phase"),
    ("26 Apr 2022", "Modification Report Consultation opened"),
    ("18 May 2022", "Modification Report Consultation closed"),
    ("19 May 2022", "Answers to the Modification Report Consultation published"),
    ("19 May 2022", "Change Board: vote opened"),
    ("25 May 2022", "Change Board: vote counted"),
    ("25 May 2022", "Awaiting Authority decision"),
    ("25 May 2022", "Change Board: Recommended for approval"),
    ("8 Jun 2022", "Approved, awaiting implementation"),
    ("8 Jun 2022", "The Authority: Approved"),
    ("9 Jun 2022", "June 2022: Scope decided"),
    ("30 Jun 2022", "Implemented"),
    ("30 Jun 2022", "Implementation, part 1: Done"),
)
# What the Operations Report of June 2022 says, as its number is printed, and whose rows are behind.
COUNTED = (
    ("proposals.approved.in_month", "one", ("MP079",)),
    ("proposals.implemented.in_month", "two", ("MP078", "MP079")),
)
DAY_AND_TITLE = """rows => rows.map(row => [row.firstElementChild, row.querySelector("p")]
    .map(part => part.innerText.trim().replace(/\\s+/g, " ")))"""
PUBLIC = (
    "/proposals/MP079/", "/proposals/MP079/feed.atom", "/api/v1/proposals/MP079",
    "/proposals/MP079/report/", "/proposals/MP079/report.json", "/consultations/CON001/",
    "/consultations/CON001/responses/", "/consultations/CON001/responses.csv",
    "/consultations/feed.atom", "/api/v1/consultations/CON001", "/search/?q=rivals",
    "/releases/June_2022/", "/code-versions/47.0/", "/code/section/D/2/",
)  # fmt: skip


def all_on_one_timeline(page: Page) -> None:
    """Find the whole way on the proposal's page, in order, as anybody reads it."""
    page.goto("/proposals/")
    page.get_by_role("link", name="MP079").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
    told = page.locator("#timeline .timeline > li")
    expect(told).to_have_count(len(TIMELINE))
    said = told.evaluate_all(DAY_AND_TITLE)
    assert [*map(tuple, said[::-1])] == [*TIMELINE]


def law_in_force(office: Office, page: Page) -> None:
    """Find the new wording on its day, the old one the day before, and which proposal made it."""
    office.clock("2022-06-29 10:00")
    page.goto("/code/section/D/2/")
    expect(page.locator("main")).to_contain_text("The Panel shall meet every month.")
    office.clock("2022-06-30 10:00")
    page.goto("/code/")
    page.get_by_role("link", name="Section D").first.click()
    expect(page.locator("main")).to_contain_text(WORDING)
    page.goto("/code/section/D/2/")
    page.get_by_role("link", name="History of this clause").click()
    latest = page.locator("main")
    expect(latest).to_contain_text("by version 47.0")
    expect(latest.get_by_role("link", name=TITLE)).to_be_visible()


def counted_in_report(office: Office) -> None:
    """Staff make the month's Operations Report, and open its numbers down to their rows."""
    office.clock("2022-07-01 10:00")
    staff = office.person("secretary").at("/reports/")
    staff.get_by_label("Month").fill("2022-06")
    staff.get_by_role("button", name="Make it").click()
    staff.wait_for_url("**/operations-report/2022-06/")
    report = staff.url
    for figure, printed, rows in COUNTED:
        staff.goto(report)
        number = staff.locator(f"p a.figure-value[href*='{figure}']")
        expect(number).to_have_text(printed)
        number.click()
        expect(staff.locator("tbody tr")).to_have_count(len(rows))
        for label in rows:
            expect(staff.locator("tbody").get_by_role("link", name=label)).to_be_visible()


def nothing_confidential(page: Page) -> None:
    """Find the answers published, and nowhere what was said in confidence, nor a hidden name."""
    page.goto("/consultations/CON001/responses/")
    expect(page.get_by_text("Says Ann").first).to_be_visible()
    expect(page.get_by_text("1 answer is confidential")).to_be_visible()
    for address in PUBLIC:
        answer = page.request.get(address)
        assert answer.ok, address
        said = re.sub(r"\s+", " ", answer.text())
        assert SECRET not in said, address
        assert not re.search(r"\bBen\b", said.replace("Says Ben", "")), address
