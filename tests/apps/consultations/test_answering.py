"""Answers are saved, come back to, handed in once, replaced, and never lost to one another."""

import pytest

from engross.apps.consultations import commands, queries
from engross.apps.consultations.commands import ChangedMeanwhile, Said, Seen
from engross.apps.consultations.models import Response, ResponseVersion
from engross.apps.mail.models import Mail
from engross.apps.parties.models import Party
from engross.core.access import Reader
from engross.core.consultations.questions import Given
from engross.core.refusals import Refused
from tests import factories
from tests.support import people
from tests.support.consulting import (
    A_SECOND,
    APPROVE,
    CLOSES_AT,
    OPENED_AT,
    OPENED_ON,
    TEXT,
    WORDS,
    answer,
    begun,
    opened,
)

pytestmark = pytest.mark.django_db
YES, NO = Given(choice="Yes"), Given(choice="No")
SECRET = Given(words="our price is 42", is_confidential=True)
STAFF = Reader(person=1, is_staff=True, has_second_factor=True)
PUBLIC = Reader()
UNSEEN = Seen()


@pytest.fixture
def staff():
    return people.person("Analyst", is_staff=True)


@pytest.fixture
def row(staff):
    return opened(staff)


def _save(response, answers, seen=UNSEEN, by=None, at=OPENED_AT):
    return commands.save_answers(response, Said(answers), seen=seen, by=by, at=at)


def _submit(response, version, at=OPENED_AT, saves=None):
    seen = Seen(version.number, version.saves if saves is None else saves)
    return commands.submit_response(response, seen=seen, by=None, on=OPENED_ON, at=at)


def test_a_link_leads_back_to_what_was_saved_and_only_its_digest_is_kept(row):
    secret = commands.begin_response(
        row, commands.Newcomer("Ada", "ada@respondent.example"), at=OPENED_AT
    )
    response = queries.response_of_link(secret)
    _save(response, {WORDS: Given(words="half a thought")})
    again = queries.latest_version(queries.response_of_link(secret))
    assert queries.given_of(again, row)[WORDS].words == "half a thought"
    assert secret not in str(Response.objects.values().get())
    mail = Mail.objects.get(template="consultations/link")
    assert mail.is_secret
    assert secret in mail.text
    assert queries.response_of_link(secret + "x") is None


def test_what_is_missing_is_saved_but_not_handed_in(row):
    response = begun(row, "Ada")
    saved = _save(response, {WORDS: Given(words="only this")})
    with pytest.raises(Refused, match="Question 1 is not answered"):
        _submit(response, saved)
    assert not ResponseVersion.objects.filter(submitted_at__isnull=False).exists()
    with pytest.raises(Refused, match="no answer 'Perhaps'"):
        _save(response, {APPROVE: Given(choice="Perhaps")}, Seen(1, 1))


def test_a_form_sent_twice_is_saved_and_handed_in_once(row):
    response = begun(row, "Ada")
    first = _save(response, {APPROVE: YES})
    assert _save(response, {APPROVE: YES}).saves == first.saves == 1
    assert _submit(response, first) == _submit(response, first)
    assert response.versions.count() == 1
    assert Mail.objects.filter(template="notices/answer-received").count() == 1


def test_two_people_of_a_party_at_once_lose_nothing(row):
    factories.party("P1", category="large-suppliers")
    ada, bob = people.person("Ada"), people.person("Bob")
    party = Party.objects.get(key="P1")
    response = commands.response_for_party(row, party, at=OPENED_AT)
    assert commands.response_for_party(row, party, at=OPENED_AT) == response
    _save(response, {APPROVE: YES}, by=ada)
    with pytest.raises(ChangedMeanwhile, match="Ada saved this response") as refused:
        _save(response, {APPROVE: NO}, by=bob)
    assert queries.given_of(refused.value.latest, row)[APPROVE] == YES
    mine = _save(response, {APPROVE: NO}, Seen(1, 1), by=bob)
    with pytest.raises(ChangedMeanwhile):
        _submit(response, mine, saves=1)
    assert _submit(response, mine).submitted_at == OPENED_AT
    response.refresh_from_db()
    assert response.category == "large-suppliers"


def test_a_response_is_replaced_until_the_close_and_older_versions_are_kept(row):
    response = begun(row, "Ada")
    answer(response, {APPROVE: YES})
    answer(response, {APPROVE: NO}, seen=Seen(1, 1), at=CLOSES_AT)
    assert [each.number for each in queries.versions_of(response)] == [2, 1]
    counted = queries.counted_responses(row)[0]
    assert (counted.version.number, counted.version.is_late) == (2, False)
    assert counted.answers[APPROVE].choice == "No"


def test_a_second_too_late_is_flagged_and_counts_when_it_is_taken_in(row, staff):
    response, after = begun(row, "Ada"), CLOSES_AT + A_SECOND
    answer(response, {APPROVE: YES})
    answer(response, {APPROVE: NO}, seen=Seen(1, 1), at=after)
    assert queries.counted_responses(row)[0].version.number == 1
    late = queries.late_versions(row)[0]
    with pytest.raises(Refused, match="needs its reason"):
        commands.decide_late_answer(late, take_in=True, reason="", by=staff, at=after)
    commands.decide_late_answer(late, take_in=True, reason="Mail was down", by=staff, at=after)
    assert queries.counted_responses(row)[0].version.number == 2
    with pytest.raises(Refused, match="decided already"):
        commands.decide_late_answer(late, take_in=False, reason="No", by=staff, at=after)
    assert "after the close" in Mail.objects.filter(subject__contains="received").first().text


def test_each_answer_has_its_own_class_and_each_reader_their_own_view(row, staff):
    factories.party("P1", category="large-suppliers", name="Brightly Limited")
    response = commands.response_for_party(row, Party.objects.get(key="P1"), at=OPENED_AT)
    answer(response, {APPROVE: YES, WORDS: SECRET})
    hidden = begun(row, "Carol", organisation="Dim Limited", category="gas-networks")
    answer(hidden, {APPROVE: NO}, is_anonymous=True)
    assert queries.collation_for(row, PUBLIC) is None
    after = CLOSES_AT + A_SECOND
    commands.publish_responses(row, by=staff, at=after)
    row.refresh_from_db()
    seen = queries.collation_for(row, PUBLIC)
    assert [each.name for each in seen.respondents] == ["Brightly Limited", "Anonymous"]
    assert seen.respondents[0].hidden == 1
    assert "42" not in str(list(seen.lines()))
    question = row.questions.get(number=APPROVE)
    assert seen.summary(question).rows == (
        ("Large Suppliers", 1, 0, 0, 1), ("Not told", 0, 1, 0, 1),
    )  # fmt: skip
    own = queries.collation_for(row, Reader(person=9, parties=frozenset({"P1"})))
    assert own.respondents[0].answers[WORDS] == SECRET
    assert own.respondents[1].name == "Anonymous"
    everything = queries.collation_for(row, STAFF)
    assert everything.respondents[1].name == "Dim Limited"
    assert everything.summary(question).total == ("Total", 1, 1, 0, 2)


def test_a_question_of_another_consultation_is_not_answered_by_accident(row):
    with pytest.raises(Refused, match="no question 99"):
        _save(begun(row, "Ada"), {99: YES, TEXT: Given()})


def test_the_collation_asks_the_same_few_questions_however_many_answered(
    row, django_assert_max_num_queries
):
    for number in range(4):
        answer(begun(row, f"Ada{number}"), {APPROVE: YES, WORDS: SECRET})
    with django_assert_max_num_queries(4):
        list(queries.collation_for(row, STAFF).lines())
