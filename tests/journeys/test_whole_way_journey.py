"""A Party's problem becomes law in force: all of it by clicks, each step by whose it is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE
from tests.support.clicked_outcome import (
    all_on_one_timeline,
    counted_in_report,
    law_in_force,
    nothing_confidential,
)
from tests.support.clicked_setting import setting
from tests.support.clicked_way import STEPS
from tests.support.clicking_people import Office

pytestmark = pytest.mark.once


@pytest.fixture
def look(assert_accessible) -> Callable[[Page], None]:
    """Return a function that fails for what nobody could use, at a desk or with a phone."""

    def look_at(page: Page) -> None:
        assert_accessible(page)
        page.set_viewport_size(PHONE)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{page.url} is {wide} px wide"
        page.set_viewport_size(DESK)

    return look_at


def test_a_problem_becomes_law_by_clicks_alone(open_context, tmp_path, look) -> None:
    folder = setting(tmp_path)
    office = Office(folder, lambda: open_context(site).new_page(), look)
    office.clock("2022-04-04 08:00")
    with folder.served() as site:
        for step in STEPS:
            step(office)
        visitor = office.open_page()
        law_in_force(office, visitor)
        all_on_one_timeline(visitor)
        look(visitor)
        nothing_confidential(visitor)
        counted_in_report(office)
