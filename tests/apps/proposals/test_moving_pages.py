"""The pages on which a proposal is moved: what is open, what it will do, done once."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.mail.models import Mail
from engross.apps.proposals.commands import hand_over, make_move
from engross.apps.proposals.models import Absence, MoveMade
from engross.apps.proposals.queries import add_fact_source
from engross.core.proposals.framework.facts import Fact
from tests.apps.proposals.test_moving import asked, proposal  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def priority():
    """Put a priority on file: since May 2026 nothing is refined without one."""
    add_fact_source("test", lambda proposals, on: {
        pk: [Fact("priority", date.min)] for pk in proposals
    })  # fmt: skip
    yield
    add_fact_source("test", lambda proposals, on: {})


@pytest.fixture
def staff(client, secretary):
    """Return a browser in which staff are signed in."""
    client.force_login(secretary)
    return client


def page(name, *args):
    return reverse(f"proposals:{name}", args=args)


def test_the_page_says_what_is_open_and_what_speaks_against_the_rest(staff, proposal):  # noqa: F811
    text = staff.get(page("moves", "DP001")).content.decode()
    open_part, rest = text.split('id="closed"')
    assert "Take into the Refinement Process" in open_part
    assert "Take straight to the Report Phase" in rest
    assert "There is no Modification Report on file" in rest
    assert "Raised as a Draft Proposal" in rest
    assert "Take it back" not in rest, "the beginning is not taken back"


def test_a_move_is_previewed_and_made_once(staff, proposal):  # noqa: F811
    address = page("move", "DP001", "convert")
    form = staff.get(address).context["form"]
    given = {"on": timezone.localdate().isoformat(), "route": "self-governance", "reason": "",
             "seen": form["seen"].value(), "token": str(form["token"].value())}  # fmt: skip
    preview = staff.post(address, given).content.decode()
    assert "It goes from Define to Refine." in preview
    assert "Its route becomes Self-Governance." in preview
    assert "Then it waits on: Change Sub-Committee." in preview
    assert MoveMade.objects.count() == 1
    for _ in range(2):
        staff.post(address, {**given, "confirmed": "yes"})
    assert MoveMade.objects.count() == 2
    again = staff.get(page("moves", "MP001")).content.decode()
    assert "Became a Modification" in again
    undo = page("undo", "MP001", 2)
    assert undo in again
    answer = staff.post(undo, {"reason": "Wrong one", "seen": "2", "confirmed": "yes"}, follow=True)
    assert "Taken back" in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.label == "DP001"


def test_a_split_names_its_parts(staff, secretary, proposal):  # noqa: F811
    make_move(proposal, asked("convert", secretary, date(2021, 6, 29), route="self-governance"))
    address = page("move", "MP001", "split")
    form = staff.get(address).context["form"]
    given = {"on": "2021-09-01", "parts": "Dim lamps\n\nLamps that smoke", "reason": "Two problems",
             "seen": form["seen"].value(), "token": str(form["token"].value())}  # fmt: skip
    assert "A: Dim lamps, B: Lamps that smoke" in staff.post(address, given).content.decode()
    one = staff.post(address, {**given, "parts": "Only one"})
    assert one.status_code == 422
    staff.post(address, {**given, "confirmed": "yes"})
    assert staff.get(page("proposal", "MP001B")).status_code == 200


def test_who_has_no_role_finds_no_move(client, proposal, django_user_model):  # noqa: F811
    stranger = django_user_model.objects.create_user("stranger@example.org", None, name="S")
    client.force_login(stranger)
    assert "Nothing that you may do" in client.get(page("moves", "DP001")).content.decode()
    assert client.get(page("move", "DP001", "convert")).status_code == 404
    assert client.post(page("undo", "DP001", 1), {"reason": "x", "seen": 1}).status_code in (
        302,
        403,
    )
    client.logout()
    assert client.get(page("moves", "DP001")).status_code == 302


def test_an_absence_is_noted_with_what_it_hands_over_and_ended(staff, secretary, proposal):  # noqa: F811
    today = timezone.localdate()
    ada, ben = (
        User.objects.create_user(f"{name}@example.org", None, name=name, is_staff=True)
        for name in ("Ada", "Ben")
    )
    hand_over(proposal, ada, by=secretary, on=date(2021, 6, 1), at=timezone.now())
    assert "Nobody is away" in staff.get(page("absences")).text
    typed = {"person": ada.pk, "stand_in": ben.pk, "first": today.isoformat(), "until": ""}
    preview = staff.post(page("note-absence"), typed)
    assert "Ben looks after DP001 meanwhile." in preview.text
    assert not Absence.objects.exists()
    refused = staff.post(page("note-absence"), {**typed, "stand_in": ada.pk, "confirmed": "yes"})
    assert "Nobody stands in for themselves" in refused.text
    staff.post(page("note-absence"), {**typed, "confirmed": "yes"})
    assert "stands in for 1 proposal" in staff.get(page("absences")).text
    [mail] = Mail.objects.filter(to_person=ben)
    assert mail.subject == "1 proposal of Ada: Ben takes over"
    absence = Absence.objects.get()
    back = staff.post(page("end-absence", absence.pk), {"back": today.isoformat(),
                                                        "confirmed": "yes"})  # fmt: skip
    assert back.status_code == 302
    assert "Nobody is away" in staff.get(page("absences")).text
    assert staff.get(page("end-absence", absence.pk)).status_code == 404
