"""The same way in 2026, where a code manager decides: what differs, by clicks."""

import pytest
from playwright.sync_api import expect

from tests.support.clicked_setting import STAFF
from tests.support.clicked_way import move
from tests.support.clicking_people import Office, done
from tests.support.handed_clock import HandedDeployment
from tests.support.party_user import run_in
from tests.support.prepared import copy_file

pytestmark = pytest.mark.once

_BEGINS = """
from engross.cli.django_setup import set_up
set_up()
from datetime import date
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from engross.apps.accounts.commands import add_staff
from engross.apps.people.commands import begin_term
from engross.core.people.roles import BodyRole
from tests.support.composing import published
from tests.support.people import PASSWORD, person
from tests.support.whole_way import Cast, Way, moment
"""
_RAISED = f"""{_BEGINS}
staff = add_staff(email={STAFF!r}, name="The Secretary", password=PASSWORD)
secret = generate_totp_secret()
TOTP.activate(staff, secret)
way, manager, day = Way(Cast(staff)), person("Mona"), date(2026, 1, 5)
begin_term(manager, "code-manager", BodyRole.MEMBER, held_from=day, held_until=None, by=staff,
           at=moment(day))
published()
way.begin(date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3))
print(secret)
"""
_CONSULTED = f"""{_BEGINS}
from types import SimpleNamespace
from engross.apps.accounts.models import User
from engross.apps.proposals.models import Proposal
from tests.support.composing import saved
staff, manager = (User.objects.get(email=f"{{name}}@engross.example")
                  for name in ("secretary", "mona"))
way = Way(SimpleNamespace(staff=staff))
way.proposal = Proposal.objects.get()
saved("lamps", "D2", "The Panel shall meet every day.", proposal=way.proposal.label,
      at=moment(date(2026, 6, 10)))
way.move("file-report", staff, date(2026, 6, 11))
way.move("go-to-report", manager, date(2026, 6, 16))
row = way.open_consultation("modification-report", date(2026, 6, 17), date(2026, 7, 8))
way.answer(row, "Ann", date(2026, 6, 18))
way.end_consultation(row, date(2026, 7, 9))
"""


def test_a_priority_is_determined_and_the_code_manager_decides(open_context, tmp_path) -> None:
    folder = HandedDeployment(tmp_path, "sec-code-manager")
    copy_file(folder.database)
    secret = run_in(folder, _RAISED).split()[-1]
    office = Office(folder, lambda: open_context(site).new_page(), lambda page: None)
    office.clock("2026-06-09 10:00")
    with folder.served() as site:
        office.person("secretary").secret = secret
        manager = office.person("mona").at("/whose-move/")
        manager.get_by_role("link", name="DP001").click()
        manager.get_by_role("link", name="What can be done with it").click()
        refused = manager.locator("#closed").get_by_text("Its priority is not determined")
        expect(refused.first).to_be_visible()
        _prioritise(office)
        manager.goto("/proposals/DP001/")
        told = "It is called MP001 from then on"
        move(manager, "Take into the Refinement Process", told, route="Self-Governance")

        run_in(folder, _CONSULTED)
        office.clock("2026-07-14 10:00")
        manager = office.person("mona").at("/whose-move/")
        manager.get_by_role("link", name="MP001").click()
        move(manager, "Approve it", "The decision 'Approved' of The code manager is recorded")
        visitor = office.open_page()
        visitor.goto("/proposals/MP001/")
        timeline = visitor.locator("#timeline")
        expect(timeline.get_by_text("The code manager: Approved")).to_be_visible()
        expect(timeline.get_by_text("It saves many visits")).to_be_visible()


def _prioritise(office: Office) -> None:
    """Staff determine the proposal's priority by the criteria, with the grounds."""
    staff = office.person("secretary").at("/proposals/DP001/")
    staff.get_by_role("link", name="Give it a priority").click()
    staff.get_by_label("Priority", exact=True).select_option(label="High")
    for criterion in ("Complexity", "Importance", "Time sensitivity"):
        staff.get_by_role("group", name=criterion).get_by_label("High").check()
    staff.get_by_label("Why").fill("It saves many visits")
    done(staff, "DP001", button="Record it")
