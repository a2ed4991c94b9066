"""Where a proposal's way begins that is gone by clicks: its people, and a text to change."""

from datetime import date
from pathlib import Path

from engross.adapters.legaltext.word_writing import write_redline
from engross.core.legaltext.aligning import align
from tests.support.composing import BASE, reworded
from tests.support.handed_clock import HandedDeployment
from tests.support.party_user import run_in
from tests.support.prepared import copy_file

STAFF = "secretary@engross.example"
WORDING = "The Panel shall meet every day."
IN_FORCE = date(2022, 6, 30)
RELEASE = "June 2022"
# Another proposal is approved already, and words the same clause otherwise.
_SETTING = f"""
from engross.cli.django_setup import set_up
set_up()
from datetime import date
from engross.apps.accounts.commands import add_staff
from tests import factories
from tests.apps.votes.boards import CONSUMER, NETWORK, seated
from tests.support.people import PASSWORD
from tests.support.whole_way import Cast, lay_down_law
staff = add_staff(email={STAFF!r}, name="The Secretary", password=PASSWORD)
Cast(staff)
seated("Nia", NETWORK, staff)
seated("Cora", CONSUMER, staff)
lay_down_law()
factories.keep("proposals", "proposal-stages", "decisions", "assessments", "releases",
               "code-versions", "market-entry", "parties", "party-categories")
"""


def setting(folder: Path, code: str = "sec") -> HandedDeployment:
    """Return a deployment with people, a text and a proposal, and nothing of the way yet."""
    made = HandedDeployment(folder, code)
    copy_file(made.database)
    run_in(made, _SETTING)
    return made


def tracked_file() -> bytes:
    """Return the Word file with tracked changes that rewords a clause."""
    return write_redline(align(BASE, reworded(BASE, "D2", WORDING)), author="A. Drafter")
