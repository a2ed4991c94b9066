"""Who answered is forgotten in time and at request; what was answered stays."""

import pytest

from engross.apps.consultations import queries
from engross.apps.consultations.models import Response
from engross.apps.operations.commands.personal.answers import (
    answers_told,
    erase_answers,
    forget_answers,
)
from engross.core.access import Reader
from engross.core.consultations.questions import Given
from tests.support import people
from tests.support.consulting import A_SECOND, APPROVE, CLOSES_AT, OPENED_AT, answer, begun, opened

pytestmark = [pytest.mark.django_db, pytest.mark.once]
STAFF = Reader(person=1, is_staff=True, has_second_factor=True)


def test_a_name_goes_at_request_or_in_time_and_the_answer_stays():
    from engross.apps.consultations.commands import close_due_consultations

    row = opened(people.person("Analyst", is_staff=True))
    zoe = people.person("Zoe Example", email="zoe@respondent.example")
    for name in ("Zoe", "Yan"):
        answer(begun(row, name), {APPROVE: Given(choice="Yes")})
    assert answers_told(zoe)[0]["response__name"] == "Zoe"
    assert erase_answers(zoe, OPENED_AT) == 1
    close_due_consultations(at=CLOSES_AT + A_SECOND)
    assert forget_answers(CLOSES_AT, CLOSES_AT) == 0
    assert forget_answers(CLOSES_AT + A_SECOND, CLOSES_AT) == 1
    assert forget_answers(CLOSES_AT + A_SECOND, CLOSES_AT) == 0
    kept = Response.objects.values_list("name", "email", "digest")
    assert set(kept) == {("Erased", "", "")}
    row.refresh_from_db()
    seen = queries.collation_for(row, STAFF)
    assert [each.answers[APPROVE].choice for each in seen.respondents] == ["Yes", "Yes"]
