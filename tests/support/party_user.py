"""A user of a fictional Large Supplier, who signs in at a deployment of the demonstration."""

import subprocess
import sys

from tests.support.deployment import ROOT, Deployment

PARTY_USER, PARTY_PASSWORD = "party-user@supplier.example", "a sentence that only one user knows"
_JOINS = f"""
from engross.cli.django_setup import set_up
set_up()
from allauth.account.models import EmailAddress
from django.utils import timezone
from engross.apps.accounts.models import User
from engross.apps.parties.models import CategorySpell
from engross.apps.people.models import PartyMembership
user = User.objects.create_user({PARTY_USER!r}, {PARTY_PASSWORD!r}, name="Party User")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
now = timezone.now()
spells = CategorySpell.objects.known_at(None).filter(category="large-suppliers")
party = spells.filter(held_until__isnull=True).order_by("pk").first().party
PartyMembership.objects.create(user=user, party=party, role="user", held_from="2020-01-01",
                               recorded_at=now)
"""


def run_in(folder: Deployment, script: str) -> str:
    """Run a script with the deployment's settings, and return what it printed."""
    done = subprocess.run([sys.executable, "-c", script], env=folder.environment, cwd=ROOT,
                          text=True, capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def party_user_joins(folder: Deployment) -> None:
    """Give the deployment the user of a Party."""
    run_in(folder, _JOINS)
