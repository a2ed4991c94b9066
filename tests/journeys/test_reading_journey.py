"""A Party's user finds what obliges them and follows what would change it; a visitor compares."""

from playwright.sync_api import expect

CLAUSE = "/code/section/B/1.7A/"


def test_a_party_user_finds_their_obligations_and_follows_what_would_change_them(
    open_context, party_sign_in
):
    page = open_context().new_page()
    party_sign_in(page, "/my/")

    page.get_by_role("link", name="The code", exact=True).first.click()
    page.get_by_role("link", name="Section D", exact=False).first.click()
    page.get_by_text("Just what applies to me").click()
    asked = page.get_by_role("form", name="What applies to a Party Category")
    asked.get_by_label("Party Category").select_option(label="Large Suppliers")
    asked.get_by_label("entitles").uncheck()
    asked.get_by_label("mentions").uncheck()
    asked.get_by_role("button", name="Show").click()
    page.wait_for_url("**/code/section/D/?*for=large-suppliers*")
    counts = page.locator(".reader-counts")
    expect(counts).to_contain_text("Section D obliges Large Suppliers in")
    own = page.locator("[data-applies=obliges]")
    expect(own).not_to_have_count(0)
    for each in own.all():
        assert each.locator(".applies").inner_text().startswith("Obliges: ")
    expect(page.locator("[id='D6.3'] .applies")).to_contain_text("Proposer shall")

    clause = page.locator("[id='D1.6']")
    clause.locator("summary", has_text="MP149").click()
    expect(clause.locator("del")).to_contain_text("3")
    expect(clause.locator("ins")).to_contain_text("2")
    clause.get_by_role("link", name="MP149", exact=True).click()
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_text("You follow MP149")).to_be_visible()

    page.locator("#legal-text").get_by_role("link", name="Effecting changes").click()
    redline = page.locator(".redline")
    expect(redline).to_contain_text("Section D")
    expect(redline.locator("[data-change=inserted]")).to_be_visible()
    expect(redline.locator("[id='D1.6'] del")).to_have_count(1)


def test_a_visitor_compares_two_versions_and_takes_the_link_to_a_clause_along(open_context, site):
    context = open_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page = context.new_page()
    page.goto("/code/")
    page.get_by_role("link", name="Compare two versions or days").click()
    page.locator("[name=old]").select_option("3.1")
    page.locator("[name=new]").select_option("3.2")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**/code/compare/3.1/3.2/")
    expect(page.locator(".redline [data-change=inserted]").first).to_contain_text("B1.7A")

    page.get_by_role("table").get_by_role("link", name="Section B1.7A").click()
    page.get_by_role("button", name="Copy the link to this clause").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(site + CLAUSE), link

    other = open_context().new_page()
    other.goto(link)
    expect(other.get_by_role("heading", level=1)).to_have_text("Section B1.7A")
