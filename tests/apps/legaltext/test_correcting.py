"""Correcting a wording: what was known stays answerable, with the reason."""

from datetime import UTC, datetime, timedelta

import pytest

from engross.apps.audit.models import Event
from engross.apps.legaltext.commands import correct_text
from engross.apps.legaltext.models import Placement
from engross.apps.legaltext.queries import (
    code_as_at,
    code_of_version,
    document_as_at,
    provision_history,
)
from engross.core.legaltext.provisions import Code
from engross.core.refusals import Refused
from tests.support.stored_texts import (
    FIRST_DAY,
    PUBLISHED,
    clause,
    ids_by_number,
    section,
    store,
    without_ids,
)

pytestmark = pytest.mark.django_db

LATER = FIRST_DAY + timedelta(days=90)
AT = datetime(2022, 1, 1, tzinfo=UTC)
WRONG = section("D", clause("D1", "Teh Panel shall meet"))


def _stored() -> str:
    """Store a slip that was carried into the next version under another number."""
    store(WRONG)
    store(section("D", clause("D7", "Teh Panel shall meet")), on=LATER, days=1)
    return ids_by_number(code_as_at(on=LATER))["D7"] or ""


def _correct(ident: str, text: str = "The Panel shall meet", **more: object) -> object:
    asked = {"on": LATER, "text": text, "by": None, "at": AT, "reason": "Misprinted", **more}
    return correct_text(ident, **asked)  # type: ignore[arg-type]


def test_a_slip_is_corrected_wherever_it_stands_and_stays_known_as_it_was() -> None:
    ident = _stored()
    _correct(ident)
    right = section("D", clause("D1", "The Panel shall meet"))
    assert without_ids(document_as_at("Section D", on=FIRST_DAY)) == right
    before = AT - timedelta(seconds=1)
    assert without_ids(document_as_at("Section D", on=FIRST_DAY, known_at=before)) == WRONG
    assert without_ids(document_as_at("Section D", on=LATER, known_at=PUBLISHED)) == WRONG
    told = [each.closed_because for each in provision_history(ident, with_closed=True)]
    assert told == ["Misprinted", "", "Misprinted", ""]
    assert Event.objects.filter(action="text.correction", reason="Misprinted").count() == 1


def test_a_correction_says_why() -> None:
    with pytest.raises(Refused, match="needs a reason"):
        _correct(_stored(), reason=" ")


def test_a_correction_that_changes_nothing_is_refused() -> None:
    ident = _stored()
    rows = Placement.objects.count()
    with pytest.raises(Refused, match="Nothing would change"):
        _correct(ident, "Teh Panel shall meet")
    assert Placement.objects.count() == rows


def test_the_second_of_two_who_correct_one_text_is_told() -> None:
    ident = _stored()
    seen = Placement.objects.holding(on=LATER).get(provision=ident).text.hash
    _correct(ident, seen=seen)
    with pytest.raises(Refused, match="Somebody else corrected this text"):
        _correct(ident, "The Panel will meet", seen=seen, at=AT + timedelta(1))


def test_what_does_not_stand_on_the_day_cannot_be_corrected() -> None:
    ident = _stored()
    with pytest.raises(Refused, match="does not stand in the text on 31 December 2020"):
        _correct(ident, on=FIRST_DAY - timedelta(1))
    with pytest.raises(Refused, match="p-nobody does not stand"):
        _correct("p-nobody")


def test_a_correction_comes_after_what_it_corrects() -> None:
    with pytest.raises(Refused, match="recorded after this correction"):
        _correct(_stored(), at=PUBLISHED)


def test_a_version_is_still_the_text_that_was_published_after_a_correction() -> None:
    store(WRONG, version="1.0")
    new = section("D", clause("D7", "Teh Panel shall meet"))
    store(new, on=LATER, days=1, version="2.0")
    ident = ids_by_number(code_as_at(on=LATER))["D7"] or ""
    _correct(ident)
    assert without_ids(code_of_version("2.0")) == Code((new,))
    assert without_ids(code_of_version("1.0")) == Code((WRONG,))
    assert [each.version for each in provision_history(ident)] == ["2.0", "2.0"]
