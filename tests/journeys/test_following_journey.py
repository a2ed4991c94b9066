"""A Party user follows a proposal, is told of its next move by mail, and ends the mail."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import PHONE
from tests.support.deployment import ROOT, Deployment

ADDRESS = "party-user@supplier.example"
SENTENCE = "a sentence that only one user knows"
PREPARE = f"""
from engross.cli.django_setup import set_up
set_up()
from allauth.account.models import EmailAddress
from django.utils import timezone
from engross.apps.accounts.models import User
from engross.apps.parties.models import CategorySpell
from engross.apps.people.models import PartyMembership
user = User.objects.create_user({ADDRESS!r}, {SENTENCE!r}, name="Party User")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
now = timezone.now()
spells = CategorySpell.objects.known_at(None).filter(category="large-suppliers")
party = spells.filter(held_until__isnull=True).order_by("pk").first().party
PartyMembership.objects.create(user=user, party=party, role="user", held_from="2020-01-01",
                               recorded_at=now)
"""
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


def run(folder: Deployment, script: str) -> str:
    """Run a script with the deployment's settings, and return what it printed."""
    done = subprocess.run([sys.executable, "-c", script], env=folder.environment, cwd=ROOT,
                          text=True, capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def folder(deployment: Deployment, tmp_path: Path) -> Deployment:
    """Return a copy of the demonstration with somebody of a Party who may sign in."""
    copy = deployment.copied_to(tmp_path / "var")
    run(copy, PREPARE)
    return copy


def test_a_party_user_follows_a_proposal_and_ends_the_mail(folder, open_context, assert_accessible):
    with folder.served() as site:
        page = open_context(site).new_page()
        page.goto("/my/")  # leads to signing in, and back
        page.get_by_label("E-mail address").fill(ADDRESS)
        page.get_by_label("Password", exact=True).fill(SENTENCE)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/my/")
        assert_accessible(page)

        section = page.locator("section", has_text="Open, and touches you")
        proposal = section.locator("tbody tr").first.get_by_role("link").first
        identifier = proposal.inner_text()
        proposal.click()
        page.get_by_role("button", name="Follow").click()
        assert page.get_by_text(f"You follow {identifier}").is_visible()
        page.get_by_role("link", name="My page").click()
        assert page.get_by_role("link", name=identifier).last.is_visible()
        page.get_by_role("link", name="Change what you are told").click()
        assert_accessible(page)
        page.set_viewport_size(PHONE)
        assert_accessible(page)

        mail = run(folder, MORNING.format(proposal=identifier))
        assert f"/proposals/{identifier}/" in mail
        link = re.search(r"List-Unsubscribe:\s+<http://[^/]+(/\S+)>", mail)
        assert link, mail
        stranger = open_context(site).new_page()
        stranger.goto(link[1])
        assert_accessible(stranger)
        stranger.get_by_role("button", name="End these mails").click()
        assert stranger.get_by_text("These mails have ended").is_visible()
        page.goto("/my/")
        assert page.get_by_text("No mail").first.is_visible()
