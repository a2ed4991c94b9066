"""A proposal's timetable: expected, approved, slipping and told of; whose move it is."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from engross.apps.mail.models import Mail
from engross.apps.proposals.commands import Making, Raising, hand_over, make_move, raise_proposal
from engross.apps.proposals.models import Decision
from engross.apps.proposals.queries.courses import course_of
from engross.apps.timetables.commands import approve_timetable, tell_of_slips
from engross.apps.timetables.commands.approving import Approval
from engross.apps.timetables.models import Timetable
from engross.apps.timetables.queries.plans import clashes_on, timetable_of, timetables_of
from engross.apps.timetables.queries.work import load_by_analyst, work_on
from engross.core.refusals import Refused
from tests.factories import record

pytestmark = pytest.mark.django_db

TODAY = date(2021, 7, 1)
AT = datetime(2021, 7, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def proposal(secretary):
    """Return a proposal in refinement, with monthly meetings of those who decide."""
    found = raise_proposal(Raising("Lamps", "Dim", secretary, date(2021, 6, 1), AT, TODAY))
    make_move(found, Making("convert", secretary, date(2021, 6, 29), AT, TODAY,
                            route="self-governance"))  # fmt: skip
    record("meetings", [
        {"meeting": f"{body}-{month}", "body": body, "title": f"{body} {month}",
         "held_on": f"{2021 + month // 12}-{month % 12 + 1:02}-{day:02}"}
        for body, day in (("csc", 28), ("change-board", 22), ("working-group", 2))
        for month in range(6, 30)
    ])  # fmt: skip
    return found


def approval(secretary, **more):
    return Approval(secretary, TODAY, AT, **more)


def test_it_is_expected_over_planned_meetings_and_releases(proposal):
    seen = timetable_of(course_of(proposal, on=TODAY), on=TODAY)
    days = {each.step.key: each.expected.span.last for each in seen.steps}
    assert days["csc-problem"] == date(2021, 6, 29)
    assert days["working-group"].day == 2
    assert days["vote"].day == 22
    assert days["go-live"] in {date(2022, 6, 30), date(2022, 11, 3), date(2023, 2, 23)}
    assert not any(each.planned.last for each in seen.steps)


def test_what_is_approved_stays_and_slips_are_told_once(proposal, secretary):
    hand_over(proposal, secretary, by=secretary, on=TODAY, at=AT)
    approve_timetable(proposal, approval(secretary, left_out=["ia"], seen=0))
    assert Decision.objects.known_at(None).filter(outcome="timetable-approved").count() == 1
    with pytest.raises(Refused, match="Somebody approved another"):
        approve_timetable(proposal, approval(secretary, seen=0, reason="x"))
    with pytest.raises(Refused, match="Say why it changes"):
        approve_timetable(proposal, approval(secretary))
    with pytest.raises(Refused, match="has no step 'tea'"):
        approve_timetable(proposal, approval(secretary, left_out=["tea"], reason="x"))
    with pytest.raises(Refused, match="0 to 1000"):
        approve_timetable(proposal, approval(secretary, lengths={"pa": -1}, reason="x"))
    assert Timetable.objects.count() == 1
    before = Mail.objects.count()
    assert tell_of_slips(on=TODAY, at=AT) == 0
    later = TODAY + timedelta(days=90)
    seen = timetable_of(course_of(proposal, on=later), on=later)
    assert seen.slips
    assert "ia" not in [each.step.key for each in seen.steps]
    assert tell_of_slips(on=later, at=AT) == 1
    assert tell_of_slips(on=later, at=AT) == 0
    # What is overdue is expected a day later each day: no mail each day for that.
    assert tell_of_slips(on=later + timedelta(days=1), at=AT) == 0
    mail = Mail.objects.exclude(pk__lte=0).order_by("-pk").first()
    assert Mail.objects.count() == before + 1
    assert "Develop the solution" in mail.text


def test_whose_move_it_is_since_when_and_due_when(proposal, secretary):
    hand_over(proposal, secretary, by=secretary, on=TODAY, at=AT)
    for move in ("request-pa", "accept-pa"):
        make_move(proposal, Making(move, secretary, TODAY, AT, TODAY))
    [waits] = work_on(date(2021, 7, 5))
    assert (waits.bodies, waits.since, waits.waited) == (("dcc",), TODAY, 2)
    assert waits.due_on == date(2021, 7, 22)
    assert not waits.is_late
    assert work_on(date(2021, 7, 23))[0].is_late
    assert not work_on(date(2021, 7, 5), bodies=["csc"])
    assert load_by_analyst(work_on(date(2021, 7, 23))) == [("Secretary", 1, 1)]
    assert clashes_on(TODAY, timetables_of([proposal.pk], on=TODAY)) == []


def test_what_is_kept_of_the_work_follows_each_move_and_each_hand(proposal, secretary):
    assert [(each.bodies, each.analyst) for each in work_on(TODAY)] == [(("csc",), "")]
    make_move(proposal, Making("request-pa", secretary, TODAY, AT, TODAY))
    make_move(proposal, Making("accept-pa", secretary, TODAY, AT, TODAY))
    assert [each.bodies for each in work_on(TODAY)] == [("dcc",)]
    hand_over(proposal, secretary, by=secretary, on=TODAY, at=AT)
    assert [each.analyst for each in work_on(TODAY)] == ["Secretary"]


def test_many_timetables_cost_as_many_queries_as_one(
    proposal, secretary, django_assert_num_queries, django_assert_max_num_queries
):
    work_on(TODAY)
    hand_over(proposal, secretary, by=secretary, on=TODAY, at=AT)
    with django_assert_max_num_queries(30) as one:
        work_on(TODAY)
    for number in range(3):
        raise_proposal(Raising(f"Lamps {number}", "Dim", secretary, TODAY, AT, TODAY))
    with django_assert_num_queries(len(one)):
        assert len(work_on(TODAY)) == 4
    with django_assert_num_queries(1):  # what was recorded last
        assert len(work_on(TODAY)) == 4


@pytest.mark.once
def test_the_pages_show_it_and_staff_approve_it(client, proposal, secretary):
    address = reverse("timetables:timetable", args=["MP001"])
    text = client.get(address).content.decode()
    assert "The Change Board votes" in text
    assert "not approved yet" in text
    assert "Approve it" not in text
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert client.get(reverse("timetables:timetable", args=["mp1"])).status_code in (302, 404)
    assert client.get(reverse("timetables:mine")).status_code == 302
    assert "MP001" in client.get(reverse("timetables:body", args=["csc"])).content.decode()
    assert client.get(reverse("timetables:body", args=["tea"])).status_code == 404

    client.force_login(secretary)
    approve = reverse("timetables:approve", args=["MP001"])
    form = client.get(approve).context["form"]
    given = {"left_out": ["ia"], "seen": form["seen"].value(), "reason": "",
             "token": str(form["token"].value()), "length_solution": "5"}  # fmt: skip
    assert "Left out: Impact Assessment." in client.post(approve, given).content.decode()
    client.post(approve, {**given, "confirmed": "yes"})
    made = Timetable.objects.get()
    assert (made.left_out, made.lengths) == (["ia"], {"solution": 5})
    assert made.approved_on == timezone.localdate()
    assert "approved" in client.get(address).content.decode()
    assert "MP001" in client.get(reverse("timetables:analysts")).content.decode()
    assert client.get(reverse("timetables:mine")).status_code == 200


def test_a_form_sent_twice_approves_once(proposal, secretary):
    token = uuid.uuid4()
    approve_timetable(proposal, approval(secretary, seen=0, token=token))
    with pytest.raises(Refused):
        approve_timetable(proposal, approval(secretary, seen=0, token=token))
    assert Timetable.objects.count() == 1
