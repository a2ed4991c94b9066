"""A journey fails on whatever the browser complains about; these pages give it cause."""

import pytest

ACCEPTED = "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1>{}</main>"


@pytest.fixture
def show(page, complaints):
    """Return a function that shows a page of this body, and gives the complaints about it."""

    def show_one(body: str, **headers: str) -> list[str]:
        html = ACCEPTED.format(body)
        page.route("**/made-up/", lambda route: route.fulfill(
            body=html, content_type="text/html; charset=utf-8", headers=headers
        ))  # fmt: skip
        page.goto("/made-up/")
        page.wait_for_load_state("networkidle")
        found = list(complaints.found)
        complaints.found.clear()
        return found

    return show_one


def test_a_page_in_order_gives_no_cause(show, page, assert_accessible):
    assert show("<p>All is well.</p>") == []
    assert_accessible(page)


def test_a_script_that_breaks_is_a_complaint(show):
    assert "broken on purpose" in show("<script>throw Error('broken on purpose')</script>")[0]


def test_a_console_error_is_a_complaint(show):
    assert "not good" in show("<script>console.error('not good')</script>")[0]


def test_what_the_content_policy_forbids_is_a_complaint(show):
    policy = {"Content-Security-Policy": "default-src 'self'"}
    assert any(
        "Content Security Policy" in one for one in show("<p style='color:red'>x</p>", **policy)
    )


def test_a_request_that_leaves_the_site_is_a_complaint(show, page):
    page.route("http://elsewhere.test/**", lambda route: route.fulfill(body="x"))
    assert any(
        "left the site" in one for one in show("<img alt='' src='http://elsewhere.test/a.png'>")
    )


def test_a_missing_part_of_a_page_is_a_complaint(show, page):
    page.route("**/missing.css", lambda route: route.fulfill(status=404))
    assert any("answered 404" in one for one in show("<link rel=stylesheet href=/missing.css>"))


def test_an_expected_complaint_passes(complaints):
    complaints.found.append("a known oddity")
    with pytest.raises(AssertionError, match="a known oddity"):
        complaints.raise_any()
    complaints.expect("known oddity")
    complaints.raise_any()


def test_what_hinders_people_is_found_with_its_place(show, page, assert_accessible):
    show("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)


def test_a_phone_is_narrow(phone):
    head = "<!doctype html><meta name=viewport content='width=device-width, initial-scale=1'>"
    phone.set_content(head)
    assert phone.evaluate("innerWidth") == 390
    assert phone.evaluate("navigator.maxTouchPoints > 0")


def test_a_page_without_script_runs_none(page_without_script):
    page = page_without_script
    page.route("**/made-up/", lambda route: route.fulfill(
        body="<script>document.title='ran'</script>", content_type="text/html"
    ))  # fmt: skip
    page.goto("/made-up/")
    assert page.title() == ""
