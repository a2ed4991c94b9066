"""Finding provisions by their words, as they stand on a day."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from engross.apps.legaltext.queries import texts_matching
from engross.core.legaltext.provisions import Table
from tests.support.stored_texts import FIRST_DAY, PUBLISHED, clause, section, store

pytestmark = pytest.mark.django_db

LATER = FIRST_DAY + timedelta(days=90)


def _stored() -> None:
    limb = clause("", "In this Section:", clause("D1(a)", "Every Party pays"))
    fees = Table((("Late payment", "£2"),))
    store(
        section("D", clause("D1", "", limb, heading="Charges"), clause("D2", "Fees", table=fees)),
        section("E", clause("E1", "The Parties meet")),
    )
    store(section("E", clause("E1", "Nobody meets")), on=LATER, days=1)


def _found(words: str, **more: object) -> list[str]:
    asked = {"on": FIRST_DAY, **more}
    return [f"{hit.document} {hit.number}" for hit in texts_matching(words, **asked)]  # type: ignore[arg-type]


def test_words_are_found_in_headings_texts_and_tables_with_whole_numbers() -> None:
    _stored()
    assert _found("charges") == ["Section D D1"]
    assert _found("PARTY") == ["Section D D1(a)", "Section E E1"]
    assert _found("party pays") == ["Section D D1(a)"]
    assert _found("late payment") == ["Section D D2"]


def test_words_are_found_as_they_stood_on_the_day_and_were_known() -> None:
    _stored()
    assert _found("parties meet", on=LATER) == []
    assert _found("nobody", on=LATER) == ["Section E E1"]
    assert _found("parties meet", on=LATER, known_at=PUBLISHED) == ["Section E E1"]
    assert _found("nobody", on=LATER, known_at=PUBLISHED) == []


@pytest.mark.parametrize("words", ["", " ", '"', "* OR", "(", "NEAR(", "-", "'; --", "\x00", "™"])
def test_signs_are_no_operators(words: str) -> None:
    _stored()
    assert _found(words) == []


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_any_words_are_a_safe_question(words: str) -> None:
    with transaction.atomic():
        texts_matching(words, on=FIRST_DAY)
        transaction.set_rollback(True)


def test_what_is_rolled_back_is_not_found() -> None:
    with transaction.atomic():
        _stored()
        transaction.set_rollback(True)
    assert _found("party") == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO legaltext_words(legaltext_words) VALUES ('integrity-check')"
            )
