"""A Party user follows a proposal, is told of its next move by mail, and ends the mail."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.support.deployment import Deployment
from tests.support.party_user import run_in

# What the registers and the scheduler do next morning.
MORNING = """
from engross.cli.django_setup import set_up
set_up()
from django.utils import timezone
from engross.apps.following.commands import tell_news
from engross.core.following import Rhythm
from tests import factories
factories.move("{proposal}", "opine", timezone.localdate(), at=timezone.now())
tell_news(Rhythm.DAILY, on=timezone.localdate(), at=timezone.now())
"""


@pytest.fixture
def folder(deployment: Deployment, tmp_path: Path) -> Deployment:
    """Return a copy of the demonstration that the test may change."""
    return deployment.copied_to(tmp_path / "var")


def test_a_party_user_follows_a_proposal_and_ends_the_mail(
    folder, open_context, party_sign_in, assert_accessible
):
    with folder.served() as site:
        page = open_context(site).new_page()
        party_sign_in(page, "/my/")
        assert_accessible(page)

        section = page.locator("section", has_text="Open, and touches you")
        proposal = section.locator("tbody tr").first.get_by_role("link").first
        identifier = proposal.inner_text()
        proposal.click()
        page.get_by_role("button", name="Follow").click()
        expect(page.get_by_text(f"You follow {identifier}")).to_be_visible()
        page.get_by_role("link", name="My page").click()
        expect(page.get_by_role("link", name=identifier).last).to_be_visible()
        page.get_by_role("link", name="Change what you are told").click()
        assert_accessible(page)
        page.set_viewport_size(PHONE)
        assert_accessible(page)

        mail = run_in(folder, MORNING.format(proposal=identifier))
        assert f"/proposals/{identifier}/" in mail
        link = re.search(r"List-Unsubscribe:\s+<http://[^/]+(/\S+)>", mail)
        assert link, mail
        stranger = open_context(site).new_page()
        stranger.goto(link[1])
        assert_accessible(stranger)
        stranger.get_by_role("button", name="End these mails").click()
        expect(stranger.get_by_text("These mails have ended")).to_be_visible()
        page.goto("/my/")
        expect(page.get_by_text("No mail").first).to_be_visible()
