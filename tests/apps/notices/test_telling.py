"""Who is told of an event by mail: each once, nobody beyond its class, nobody twice."""

from datetime import UTC, date, datetime

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from engross.apps.accounts.models import User
from engross.apps.audit.commands import record_event
from engross.apps.files.models import ReadLog
from engross.apps.mail.models import Mail
from engross.apps.notices.commands import choose_mails, send_notice
from engross.apps.notices.models import OptOut
from engross.apps.notices.queries import preview_of, told_in_words, who_would_get
from engross.apps.people.models import BodyMembership, TeamMembership
from tests.factories import party
from tests.support.people import client_of, member

pytestmark = pytest.mark.django_db
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)
TODAY = date(2021, 9, 22)
OPENED = {"kind": "Refinement Consultation", "closes": datetime(2021, 10, 13, 16, tzinfo=UTC)}


def account(name: str, **flags) -> User:
    return User.objects.create_user(f"{name}@engross.example", None, name=name.title(), **flags)


@pytest.fixture
def people(db):
    """Return people of two Parties, of the Change team and of the Change Sub-Committee."""
    party("P1", category="large-suppliers")
    party("P2", category="gas-networks")
    names = ("ada", "bob", "cyd", "dan", "eve")
    found = {name: account(name, is_staff=name == "cyd") for name in names}
    member(found["ada"], "P1")
    member(found["bob"], "P2")
    held = {"held_from": date(2020, 1, 1), "recorded_at": AT}
    TeamMembership.objects.create(user=found["cyd"], team="change", **held)
    BodyMembership.objects.create(user=found["dan"], body="csc", role="member", **held)
    BodyMembership.objects.create(user=found["eve"], body="csc", role="observer", **held)
    return found


def tell(event="consultation-opened", **extra):
    given = {"about": "Consultation on MP999", "link": "/consultations/9/", "at": AT,
             "context": OPENED, **extra}  # fmt: skip
    return send_notice(event, **given)


def addressed(sent) -> list[str]:
    return [each.address.partition("@")[0] for each in sent.recipients]


def test_each_is_told_once_for_the_first_reason_that_holds(people):
    sent = tell(people={"proposer": [people["ada"]], "lead-analyst": ["ADA@engross.example"]})
    assert addressed(sent) == ["ada", "bob"]
    assert (
        told_in_words(sent.recipients) == "2 mails: 1 as the proposer, 1 as a user of a SEC Party"
    )
    first = Mail.objects.get(to_person=people["ada"])
    assert first.subject == "Consultation on MP999: please answer by 17:00 on 13 October 2021"
    assert "/consultations/9/" in first.text
    assert "You get this mail as the proposer." in first.text


def test_a_consultation_reaches_those_whom_it_affects(people):
    assert addressed(tell(categories=["gas-networks"])) == ["bob"]
    assert addressed(tell(categories=["suppliers"])) == ["ada"]  # a name for several categories
    assert addressed(tell(without=[people["bob"]])) == ["ada"]


def test_a_body_is_told_with_its_alternates_and_without_observers(people):
    sent = tell("release-composed", about="June Release", context={})
    assert addressed(sent) == ["cyd", "dan"]
    assert who_would_get("release-composed", on=date(2019, 12, 31)) == []


def test_the_class_of_what_is_told_bounds_who_gets_it(people):
    sent = tell("release-composed", about="June Release", context={}, paper_class="amber")
    assert addressed(sent) == ["dan"]
    assert [(each.address, each.left_out) for each in sent.left_out] == [
        ("cyd@engross.example", "may not read it, by its class")  # no second factor yet
    ]
    assert Mail.objects.get().paper_class == "amber"
    assert ReadLog.objects.get().person == people["dan"]
    TOTP.activate(people["cyd"], generate_totp_secret())
    assert addressed(
        tell("release-composed", about="June Release", context={}, paper_class="red")
    ) == ["cyd"]


def test_an_address_without_an_account_gets_what_anyone_may_read(people):
    given = {"people": {"respondents": ["guest@example.org"]}, "context": {"received": AT}}
    assert tell("answer-received", **given).count == 1
    assert tell("answer-received", **given, paper_class="green").count == 0


def test_a_command_that_is_played_again_tells_nobody_twice(people):
    cause = record_event(action="consultation.open", subject="c/9", by=None, at=AT)
    assert tell(cause=cause).count == 2
    assert tell(cause=cause).count == 0
    assert tell(once="c/9").count == 2
    assert tell(once="c/9").count == 0
    assert tell().count == 2
    assert Mail.objects.count() == 6


def test_who_left_or_wants_no_mail_is_left_out_and_it_is_said_why(people):
    User.objects.filter(pk=people["ada"].pk).update(is_active=False)
    choose_mails([], by=people["bob"], at=AT)
    sent = tell(people={"proposer": [account("robot", kind="service")]})
    assert sent.recipients == ()
    assert [each.left_out for each in sent.left_out] == [
        "the account is a program's", "the account is closed", "wants no mail of this kind",
    ]  # fmt: skip
    # A mail that one needs cannot be ended.
    assert addressed(tell("vote-opened", context={"body": "CSC", "closes": AT}, body="csc")) == [
        "dan"
    ]


def test_a_word_that_is_missing_is_the_senders_fault(people):
    with pytest.raises(ValueError, match=r"needs: kind, closes"):
        tell(context={})
    with pytest.raises(LookupError, match="No mail is sent of 'vote-opnd'"):
        tell("vote-opnd")


def test_a_preview_says_what_the_mail_says(people):
    shown = preview_of("consultation-opened", OPENED, about="Consultation on MP999", link="/c/9/")
    sent = tell()
    assert shown.subject == Mail.objects.filter(pk__gt=0).first().subject
    assert sent.count == 2
    assert "MP999 Longer lamp posts" in preview_of("decision-made").subject


def test_mails_are_ended_by_the_link_in_them_and_begun_again(people):
    tell(categories=["gas-networks"])
    mail = Mail.objects.get()
    path = "/" + mail.unsubscribe_url.split("/", 3)[3]
    stranger = Client(enforce_csrf_checks=True)
    assert "End these mails" in stranger.get(path).text
    assert not OptOut.objects.exists()  # looking at the link ends nothing
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert tell(categories=["gas-networks"]).count == 0
    assert stranger.post(path.replace("end/", "end/x")).status_code == 403
    client_of(people["bob"]).post("/my/mails/", {"wanted": ["consultation-opened"]})
    assert tell(categories=["gas-networks"]).count == 1
