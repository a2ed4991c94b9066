"""A consultation opens, is extended, closes on time and is published, each once."""

from datetime import date, timedelta

import pytest

from engross.apps.audit.models import Event
from engross.apps.consultations import commands
from engross.apps.consultations.models import Consultation
from engross.apps.mail.models import Mail
from engross.apps.proposals.queries import facts_of
from engross.core.consultations.questions import Given
from engross.core.refusals import Refused
from tests import factories
from tests.support import people
from tests.support.consulting import (
    A_SECOND,
    APPROVE,
    CLOSES_AT,
    CLOSES_ON,
    OPENED_AT,
    OPENED_ON,
    answer,
    begun,
    drafted,
    opened,
)

pytestmark = pytest.mark.django_db
YES = {APPROVE: Given(choice="Yes")}


@pytest.fixture
def staff():
    return people.person("Analyst", is_staff=True)


def _told(template):
    mails = Mail.objects.filter(template=f"notices/{template}").order_by("to_address")
    return list(mails.values_list("to_address", flat=True))


def test_a_draft_begins_with_the_questions_of_its_kind_and_numbers_close_up(staff):
    row = drafted(staff)
    asked = list(row.questions.values_list("number", "kind", "is_required"))
    assert asked[:2] == [(1, "yes-no", True), (2, "legal-text", False)]
    commands.remove_question(row, 2, by=staff, at=OPENED_AT)
    kinds = list(row.questions.order_by("number").values_list("number", "kind"))
    assert kinds == [(1, "yes-no"), (2, "text"), (3, "text")]


@pytest.mark.parametrize(
    ("closes_on", "why"),
    [
        (date(2022, 8, 29), "Summer Bank Holiday.*Tuesday 30 August 2022"),
        (date(2022, 7, 12), "14 Working Days of 15 .*Section D7.8"),
        (date(2022, 7, 16), "a Saturday"),
    ],
)
def test_a_day_on_which_it_cannot_close_changes_nothing(staff, closes_on, why):
    row = drafted(staff)
    with pytest.raises(Refused, match=why):
        commands.open_consultation(row, closes_on=closes_on, by=staff, on=OPENED_ON, at=OPENED_AT)
    assert Consultation.objects.get().state == "draft"
    assert not _told("consultation-opened")


def test_opening_tells_the_people_of_the_categories_asked_and_nobody_else(staff):
    for key, category in (("P1", "large-suppliers"), ("P2", "gas-networks")):
        factories.party(key, category=category)
        people.member(people.person(key), key)
    row = opened(staff, categories=["large-suppliers"])
    assert row.closes_at == CLOSES_AT
    assert "p1@engross.example" in _told("consultation-opened")
    assert "p2@engross.example" not in _told("consultation-opened")


def test_questions_stay_as_they_were_asked(staff):
    row = opened(staff)
    with pytest.raises(Refused, match="asked these questions already"):
        commands.remove_question(row, 1, by=staff, at=OPENED_AT)


def test_it_stays_open_for_longer_with_a_reason_until_a_working_day(staff):
    row = opened(staff)
    longer = {"by": staff, "on": OPENED_ON, "at": OPENED_AT}
    with pytest.raises(Refused, match=r"needs its reason.*a Sunday"):
        commands.extend_consultation(row, until=date(2022, 7, 17), reason=" ", **longer)
    commands.extend_consultation(row, until=date(2022, 7, 20), reason="A late annex", **longer)
    row.refresh_from_db()
    assert row.closes_at == CLOSES_AT + timedelta(days=7)
    assert row.extensions.get().closed_on == CLOSES_ON
    with pytest.raises(Refused, match="closed, not open"):
        commands.extend_consultation(
            row, until=date(2022, 8, 1), reason="Too late", by=staff, on=OPENED_ON,
            at=row.closes_at + A_SECOND,
        )  # fmt: skip


def test_it_closes_once_and_after_its_moment_and_is_then_on_file(staff):
    row = opened(staff)
    answer(begun(row, "Ada"), YES)
    assert commands.close_due_consultations(at=CLOSES_AT) == []
    assert commands.close_due_consultations(at=CLOSES_AT + A_SECOND) == ["CON001"]
    assert commands.close_due_consultations(at=CLOSES_AT + A_SECOND) == []
    row.refresh_from_db()
    assert (row.state, row.closed_at) == ("closed", CLOSES_AT)
    assert _told("consultation-closed") == ["ada@respondent.example"]
    assert Event.objects.filter(action="consultation.close").count() == 1
    fact = facts_of([row.proposal_id], on=CLOSES_ON)[row.proposal_id][0]
    told = (fact.requirement, fact.since, fact.detail)
    assert told == ("modification-report-consultation", CLOSES_ON, "CON001: 1 answer")
    assert not facts_of([row.proposal_id], on=OPENED_ON)[row.proposal_id]


def test_who_has_not_answered_is_reminded_once_and_five_working_days_before(staff):
    for key in ("P1", "P2"):
        factories.party(key, category="large-suppliers")
        people.member(people.person(key), key)
    row = opened(staff)
    done = commands.response_for_party(row, _party("P1"), at=OPENED_AT)
    answer(done, YES, by=None)
    begun(row, "Slow")
    answer(begun(row, "Quick"), YES)
    assert not commands.remind_of_consultations(on=date(2022, 7, 5), at=OPENED_AT)
    assert commands.remind_of_consultations(on=date(2022, 7, 6), at=OPENED_AT) == ["CON001"]
    assert not commands.remind_of_consultations(on=date(2022, 7, 7), at=OPENED_AT)
    assert _told("consultation-reminder") == ["p2@engross.example", "slow@respondent.example"]


def _party(key):
    from engross.apps.parties.models import Party

    return Party.objects.get(key=key)


def test_nothing_is_published_before_the_close_nor_while_a_late_answer_is_undecided(staff):
    row = opened(staff)
    late = begun(row, "Late")
    with pytest.raises(Refused, match="not closed yet"):
        commands.publish_responses(row, by=staff, at=CLOSES_AT)
    after = CLOSES_AT + A_SECOND
    answer(late, YES, at=after)
    with pytest.raises(Refused, match="1 late answer"):
        commands.publish_responses(row, by=staff, at=after)
    commands.decide_late_answer(
        late.versions.get(), take_in=False, reason="A day late", by=staff, at=after
    )
    commands.publish_responses(row, by=staff, at=after)
    row.refresh_from_db()
    assert (row.state, row.closed_at) == ("published", CLOSES_AT)
    with pytest.raises(Refused, match="published"):
        begun(row, "Too late")
