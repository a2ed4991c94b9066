"""Asking for an account: what the page says, what staff decide, and what is mailed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.mail.models import Mail
from engross.apps.parties.models import Party
from engross.apps.people.commands import (
    Asked,
    Newcomer,
    approve_request,
    confirm_request,
    forget_unconfirmed,
    refuse_request,
    request_account,
)
from engross.apps.people.models import RegistrationRequest
from engross.apps.people.queries import reader_of
from engross.core.people.roles import PartyRole
from engross.core.refusals import Refused
from tests import factories
from tests.support.people import person, sign_in, staff_client
from tests.support.writes import written_after_an_event

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
ASKED = {"name": "Ada", "email": "ada@supplier.example", "party": "Brightwell Limited",
         "interest": "", "why": "To read our own assessments"}  # fmt: skip


@pytest.fixture(autouse=True)
def register():
    cache.clear()
    factories.party("P1", category="large-suppliers", name="Brightwell Limited")
    factories.party("P2", category="small-suppliers", name="Calder Limited")


def link_in(mail: Mail) -> str:
    link = next(line for line in mail.text.splitlines() if line.startswith("http"))
    return link.removeprefix("http://127.0.0.1:8000")


def ask(**changed: str) -> None:
    answer = Client().post("/register/", {**ASKED, **changed})
    assert answer["Location"] == "/register/sent/", answer.content.decode()


def waiting(email: str = "ada@supplier.example") -> RegistrationRequest:
    """Return a request whose address is confirmed."""
    request_account(
        Asked(Newcomer(email, "Ada"), Party.objects.get(key="P1"), "", "To read"), at=AT
    )
    token = link_in(Mail.objects.get(to_address=email)).strip("/").rpartition("/")[2]
    confirm_request(token, at=AT)
    return RegistrationRequest.objects.get(email=email)


def test_from_the_form_to_a_member_of_the_party_who_signs_in():
    ask()
    link = link_in(Mail.objects.get())
    visitor, staff = Client(), staff_client()
    assert visitor.get(link).status_code == 200
    assert RegistrationRequest.objects.get().state == "unverified", "looking is not confirming"
    visitor.post(link)
    asked = RegistrationRequest.objects.get()
    assert asked.state == "waiting"

    page = f"/people/requests/{asked.pk}/approve/"
    typed = {"party": "Brightwell Limited", "role": "user"}
    preview = staff.post(page, typed).content.decode()
    assert "Ada gets an account, as user of Brightwell Limited from today." in preview
    assert not User.objects.filter(email="ada@supplier.example").exists()
    staff.post(page, {**typed, "confirmed": "yes"})

    ada = User.objects.get(email="ada@supplier.example")
    assert reader_of(ada, timezone.localdate()).parties == {"P1"}
    welcome = Mail.objects.get(subject="Your account is open")
    assert welcome.is_secret
    form = visitor.get(link_in(welcome))["Location"]
    typed = {"password1": "a whole new sentence", "password2": "a whole new sentence"}
    visitor.post(form, typed)
    sign_in(visitor, ada, password="a whole new sentence")
    assert visitor.get("/my/tokens/").status_code == 200


def test_the_answer_is_the_same_for_an_address_that_has_an_account():
    person(email="ada@supplier.example")
    ask()

    assert not RegistrationRequest.objects.exists()
    assert Mail.objects.get().subject == "You have an account already"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"party": "Nobody Limited"}, "No Party has this name today."),
        ({"party": "Brightwel Limited"}, "Is it Brightwell Limited"),
        ({"party": ""}, "Name your Party, or say below"),
        ({"email": "ada@supplier.example\nBcc: all@example.org"}, "valid email"),
        ({"why": ""}, "This field is required"),
    ],
)
def test_a_request_that_cannot_be_kept_says_why(changed, told):
    answer = Client().post("/register/", {**ASKED, **changed})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Mail.objects.exists()


def test_a_name_cannot_add_lines_to_a_mail_head():
    ask(name="Ada\r\nBcc: all@example.org")

    mail = Mail.objects.get()
    assert "\n" not in mail.subject
    assert RegistrationRequest.objects.get().name == "Ada Bcc: all@example.org"


def test_a_fourth_request_with_one_address_has_to_wait():
    for _ in range(3):
        ask()

    answer = Client().post("/register/", ASKED)

    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()


def test_a_link_is_good_for_three_days_and_pressing_twice_does_no_harm():
    ask()
    token = link_in(Mail.objects.get()).strip("/").rpartition("/")[2]
    asked = RegistrationRequest.objects.get()
    with pytest.raises(Refused, match="its time is over"):
        confirm_request(token, at=asked.asked_at + timedelta(days=4))

    confirm_request(token, at=asked.asked_at + timedelta(days=2))
    confirm_request(token, at=asked.asked_at + timedelta(days=2))

    assert RegistrationRequest.objects.get().state == "waiting"


def test_a_made_up_link_is_refused():
    assert Client().post("/register/confirm/made-up/").status_code == 422


def test_one_address_waits_once():
    waiting()
    request_account(Asked(Newcomer("ada@supplier.example", "Ada"), None, "x", "y"), at=AT)
    token = link_in(Mail.objects.order_by("pk").last()).strip("/").rpartition("/")[2]

    with pytest.raises(Refused, match="waits already"):
        confirm_request(token, at=AT)


def test_what_nobody_confirms_is_forgotten():
    ask()
    asked = RegistrationRequest.objects.get()

    assert forget_unconfirmed(at=asked.asked_at + timedelta(days=2)) == 0
    assert forget_unconfirmed(at=asked.asked_at + timedelta(days=4)) == 1


def test_a_refusal_mails_its_reason(secretary):
    asked = waiting()
    refuse_request(asked.pk, by=secretary, at=AT, reason="Use your company's address")

    mail = Mail.objects.order_by("pk").last()
    assert "Use your company's address" in mail.text
    assert not User.objects.filter(email=asked.email).exists()
    assert Event.objects.filter(action="people.refuse").exists()


@pytest.mark.once
def test_an_approval_holds_up_nobody_before_its_rows_are_written(secretary):
    party = Party.objects.get(key="P1")
    asked = waiting()
    with CaptureQueriesContext(connection) as seen:
        approve_request(asked.pk, party=party, role=PartyRole.USER, by=secretary, at=AT, on=ON)

    assert written_after_an_event(seen) == []


def test_the_second_to_decide_is_told_who_was_first(secretary):
    asked = waiting()
    approve_request(asked.pk, party=None, role=PartyRole.USER, by=secretary, at=AT, on=ON)

    with pytest.raises(Refused, match="approved already, by Secretary on 02 March 2026"):
        refuse_request(asked.pk, by=secretary, at=AT, reason="Too late")
    with pytest.raises(Refused, match="approved already"):
        approve_request(asked.pk, party=None, role=PartyRole.USER, by=secretary, at=AT, on=ON)
    assert Mail.objects.filter(subject="Your account is open").count() == 1


def test_a_form_that_is_sent_again_makes_no_second_account():
    asked, staff = waiting(), staff_client()
    sent = {"party": "", "role": "user", "confirmed": "yes"}
    first = staff.post(f"/people/requests/{asked.pk}/approve/", sent)
    again = staff.post(f"/people/requests/{asked.pk}/approve/", sent)

    assert (first.status_code, again.status_code) == (302, 422)
    assert "approved already, by Staff" in again.content.decode()
    assert User.objects.filter(email=asked.email).count() == 1


def test_an_unconfirmed_request_is_not_shown_to_staff():
    ask()
    staff = staff_client()

    assert staff.get(f"/people/requests/{RegistrationRequest.objects.get().pk}/").status_code == 404
    assert "Ada" not in staff.get("/people/requests/").content.decode()


def test_the_pages_of_requests_are_there_for_staff():
    asked, staff = waiting(), staff_client()
    for page in ("", f"{asked.pk}/", f"{asked.pk}/approve/", f"{asked.pk}/refuse/"):
        assert "Ada" in staff.get(f"/people/requests/{page}").content.decode()
    staff.post(f"/people/requests/{asked.pk}/refuse/", {"reason": "No", "confirmed": "yes"})

    assert "refused" in staff.get("/people/requests/?state=decided").content.decode()
    assert "No request waits." in staff.get("/people/requests/").content.decode()


def test_what_the_audit_keeps_names_nobody(secretary):
    asked = waiting()
    approve_request(asked.pk, party=None, role=PartyRole.USER, by=secretary, at=AT, on=ON)

    kept = " ".join(f"{each.subject} {each.details}" for each in Event.objects.all())
    assert "Ada" not in kept
    assert "supplier.example" not in kept
