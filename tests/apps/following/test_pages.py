"""A person's own page, what they follow, and the links that need no signing in."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from engross.apps.accounts.models import User
from engross.apps.following import commands, queries
from engross.apps.following.models import Follow
from engross.apps.people.models import BodyMembership, PartyMembership
from engross.core.following import Rhythm
from tests import factories
from tests.support.people import staff_client

pytestmark = pytest.mark.django_db
AT = datetime(2021, 9, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def person() -> User:
    """Return somebody who signs in and is nothing else."""
    return User.objects.create_user("reader@example.org", None, name="A Reader")


@pytest.fixture
def client(person) -> Client:
    """Return a client that is signed in as that person."""
    signed_in = Client()
    signed_in.force_login(person)
    return signed_in


def open_proposal(key="MP901", title="Fictional change", **more):
    factories.proposal(key, title=title, **more)
    factories.move(key, "refine", "2021-09-01")


def test_the_button_on_a_page_follows_and_ceases_to(client):
    open_proposal()
    assert "Follow" in client.get("/proposals/MP901/").text
    form = {"kind": "proposal", "key": "0901", "next": "/proposals/MP901/"}
    answer = client.post("/my/follows/begin/", form, follow=True)
    assert answer.redirect_chain == [("/proposals/MP901/", 302)]
    assert "You follow MP901 Fictional change" in answer.text
    assert "Following: stop" in answer.text
    assert "MP901 Fictional change" in client.get("/my/").text
    assert "MP901 Fictional change" in client.get("/my/follows/").text
    client.post("/my/follows/end/", form)
    assert not Follow.objects.exists()


def test_a_visitor_is_led_to_signing_in_and_back():
    open_proposal()
    page = Client().get("/proposals/MP901/").text
    assert "/accounts/login/?next=%2Fproposals%2FMP901%2F" in page


@pytest.mark.parametrize("next_page", ["https://elsewhere.test/", "//elsewhere.test", "", "x:y"])
def test_following_leads_to_this_site_only(client, next_page):
    form = {"kind": "everything", "key": "", "next": next_page}
    assert client.post("/my/follows/begin/", form)["Location"] == "/my/follows/"


@pytest.mark.parametrize("form", [{}, {"kind": "x" * 500}, {"kind": "proposal", "key": "%00"},
                                  {"kind": "proposal", "key": "' or 1=1--"}])  # fmt: skip
def test_a_form_that_names_nothing_changes_nothing(client, form):
    for address in ("/my/follows/begin/", "/my/follows/end/"):
        assert client.post(address, form).status_code == 302
    assert not Follow.objects.exists()


def test_how_often_is_set_for_one_and_for_all(client, person):
    for register in ("meetings", "papers", "decisions"):
        commands.follow("register", register, by=person, on=AT.date(), at=AT)
    papers, decisions = (Follow.objects.get(key=each).pk for each in ("papers", "decisions"))

    def kept():
        return dict(Follow.objects.order_by("key").values_list("key", "rhythm"))

    client.post("/my/follows/", {f"follow-{papers}": "instant", f"follow-{decisions}": "end"})
    assert kept() == {"meetings": "daily", "papers": "instant"}
    assert client.post("/my/follows/", {f"follow-{papers}": "hourly"}).status_code == 422
    client.post("/my/follows/", {"all": "weekly", f"follow-{papers}": "instant"})
    assert kept() == {"meetings": "weekly", "papers": "weekly"}


def test_nobody_sets_the_follows_of_another(client, person):
    other = User.objects.create_user("other@example.org", None)
    commands.follow("register", "papers", by=other, on=AT.date(), at=AT)
    theirs = Follow.objects.get()
    client.post("/my/follows/", {f"follow-{theirs.pk}": "end", "all": "instant"})
    commands.set_rhythms({theirs.pk: None}, by=person, at=AT)
    assert Follow.objects.get().rhythm == "daily"


def test_the_link_in_a_mail_ends_it_with_one_post_and_no_session(person):
    commands.follow("register", "papers", by=person, on=AT.date(), at=AT)
    commands.follow("register", "meetings", rhythm=Rhythm.WEEKLY, by=person, on=AT.date(), at=AT)
    address = queries.unsubscribe_address(person, Rhythm.DAILY)
    visitor = Client(enforce_csrf_checks=True)
    assert "End these mails?" in visitor.get(address).text
    assert Follow.objects.filter(rhythm="daily").exists()  # looking at it ends nothing
    answer = visitor.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert dict(Follow.objects.values_list("key", "rhythm")) == {
        "papers": "none", "meetings": "weekly",
    }  # fmt: skip


def test_a_link_that_was_changed_ends_nothing(person):
    commands.follow("register", "papers", by=person, on=AT.date(), at=AT)
    address = queries.unsubscribe_address(person, Rhythm.DAILY)
    other = address.replace(f"/{person.pk}:", f"/{person.pk + 1}:")
    for forged in (address[:-2] + "/", other, address.replace("daily", "weekly")):
        if forged != address:
            assert Client().get(forged).status_code == 404
            assert Client().post(forged).status_code == 403
    assert Follow.objects.get().rhythm == "daily"


def party_user(person, key="FICTIVE", category="large-suppliers"):
    factories.party(key, category=category, name="Fictive Energy Limited")
    from engross.apps.parties.models import Party

    PartyMembership.objects.create(
        user=person, party=Party.objects.get(key=key), role="user", held_from="2020-01-01",
        recorded_at=AT,
    )  # fmt: skip


def test_a_party_user_sees_what_touches_its_category(client, person):
    party_user(person)
    open_proposal("MP901", "Touches large ones")
    open_proposal("MP902", "Touches small ones")
    for key, affected in (("MP901", "Large Supplier"), ("MP902", "Small Supplier")):
        row = {"proposal": key, "kind": "party-category", "affected": affected}
        factories.record("proposal-impacts", [row])
    page = client.get("/my/").text
    assert "Fictive Energy Limited" in page
    assert "Touches large ones" in page
    assert "Touches small ones" not in page


def sits_on(person, body="csc"):
    BodyMembership.objects.create(
        user=person, body=body, role="member", held_from="2020-01-01", recorded_at=AT
    )


def test_a_member_sees_what_waits_on_the_body_and_when_it_meets(client, person):
    sits_on(person)
    open_proposal("MP901", "Waits on the committee")
    factories.proposal("MP902", title="Waits on somebody else")
    factories.move("MP902", "awaiting-authority", "2021-09-01")
    soon = timezone.localdate() + timedelta(days=10)
    factories.meeting("CSC_30", "csc", soon)
    factories.meeting("SECP_99", "panel", soon)
    page = client.get("/my/").text
    assert "Waits on the committee" in page
    assert "Waits on somebody else" not in page
    assert "CSC_30" in page
    assert "SECP_99" not in page


def test_the_authority_sees_what_waits_for_its_determination(client, person):
    person.is_authority = True
    person.save()
    factories.proposal("MP902", title="Waits on the Authority")
    factories.move("MP902", "awaiting-authority", "2021-09-01")
    assert "Waits on the Authority" in client.get("/my/").text


def test_staff_see_whose_move_everything_is_and_what_is_late():
    factories.keep("proposal-stages", "assessments", until="2021-12-01")
    open_proposal()
    factories.assessment("MP901", "pa", accepted_on="2021-09-02", target=15)
    page = staff_client().get("/my/").text
    assert "The DCC" in page
    assert "Late assessments" in page
    assert "Was due" in page
    assert "The outbox" in page


def test_a_calendar_of_ones_own_needs_its_secret_alone(client, person):
    sits_on(person)
    factories.meeting("CSC_30", "csc", "2030-05-01")
    factories.meeting("SECP_99", "panel", "2030-05-02")
    commands.follow("everything", "", by=person, on=AT.date(), at=AT)
    factories.version("9.1", timezone.localdate() + timedelta(days=5))
    made = client.post("/my/calendar/").context["made"]
    answer = Client().get(made)
    assert answer["Content-Type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    told = {str(event["SUMMARY"]) for event in events}
    assert any("CSC_30" in each for each in told)
    assert not any("SECP_99" in each for each in told)
    assert "Takes effect: Version 9.1" in told
    again = client.post("/my/calendar/").context["made"]
    assert Client().get(made).status_code == 404
    assert Client().get(again).status_code == 200
    person.is_active = False
    person.save()
    assert Client().get(again).status_code == 404


def test_the_page_asks_a_constant_number_of_questions(
    client, person, django_assert_max_num_queries
):
    party_user(person)
    sits_on(person)
    for number in range(12):
        open_proposal(f"MP9{number:02}", f"Change {number}")
        commands.follow("proposal", f"09{number:02}", by=person, on=AT.date(), at=AT)
    with django_assert_max_num_queries(64):
        client.get("/my/")
