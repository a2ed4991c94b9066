"""Taking a version back before its day: the text reads on, and what was known stays answerable."""

from datetime import timedelta

import pytest

from engross.apps.accounts.models import User
from engross.apps.legaltext.commands import publish_version, withdraw_version
from engross.apps.legaltext.models import CodeVersionDetails, Placement
from engross.apps.legaltext.queries import (
    code_as_at,
    code_of_version,
    documents_on,
    provision_history,
    text_editions,
)
from engross.core.legaltext.provisions import Code
from engross.core.refusals import Refused
from tests.support.composing import AT, BASE, DAY, published, reworded
from tests.support.stored_texts import clause, ids_by_number, section, without_ids

pytestmark = pytest.mark.django_db
SOON = DAY + timedelta(days=60)
WEEKLY = reworded(BASE, "D2", "The Panel shall meet every week.")
# A clause less, a clause more, a document more: all that a version can do.
CHANGED = Code((
    *reworded(WEEKLY, "D1", "").documents,
    section("F", clause("F1", "There shall be Charges.")),
))  # fmt: skip


def _publish(code: Code, version: str, on, at) -> None:  # type: ignore[no-untyped-def]
    publish_version(version, code, effective_on=on, by=None, at=at, whole=True)


def _withdraw(version: str, at, reason: str = "An appeal was made"):  # type: ignore[no-untyped-def]
    by = User.objects.get_or_create(email="analyst@example.org")[0]
    return withdraw_version(version, by=by, on=at.date(), at=at, reason=reason)


def test_the_text_reads_on_as_it_would_have_without_the_version() -> None:
    published()
    ids, documents = ids_by_number(code_as_at(on=DAY)), documents_on(DAY)
    seen_at = AT + timedelta(days=2)
    _publish(CHANGED, "47.0", SOON, AT + timedelta(days=1))
    _withdraw("47.0", AT + timedelta(days=3))
    assert without_ids(code_as_at(on=SOON)) == BASE
    assert ids_by_number(code_as_at(on=SOON)) == ids
    assert documents_on(SOON) == documents
    assert without_ids(code_as_at(on=SOON, known_at=seen_at)) == CHANGED
    assert without_ids(code_as_at(on=DAY, known_at=seen_at)) == BASE
    assert code_of_version("47.0") is None
    assert [each.version for each in text_editions()] == ["46.0"]
    assert [each.version for each in text_editions(known_at=seen_at)] == ["46.0", "47.0"]
    assert not CodeVersionDetails.objects.known_at(None).filter(version__key="47.0").exists()
    (told,) = provision_history(ids["D2"] or "")
    assert (told.effective_from, told.effective_until, told.version) == (DAY, None, "46.0")


def test_the_next_version_may_take_its_place() -> None:
    published()
    _publish(CHANGED, "47.0", SOON, AT + timedelta(days=1))
    _withdraw("47.0", AT + timedelta(days=2))
    _publish(WEEKLY, "48.0", SOON, AT + timedelta(days=3))
    assert without_ids(code_as_at(on=SOON)) == WEEKLY
    assert {each.number for each in documents_on(SOON)} == {"2.0", "1.0"}


def test_a_version_that_came_before_one_known_already_is_taken_back_whole() -> None:
    published()
    later = SOON + timedelta(days=30)
    _publish(WEEKLY, "47.0", later, AT + timedelta(days=1))
    sooner = reworded(BASE, "D3", "A proposal shall be decided within a day.")
    _publish(sooner, "46.1", SOON, AT + timedelta(days=2))
    assert without_ids(code_as_at(on=SOON)) == sooner
    _withdraw("46.1", AT + timedelta(days=3))
    assert without_ids(code_as_at(on=SOON)) == BASE
    assert without_ids(code_as_at(on=later)) == WEEKLY


def test_what_cannot_be_taken_back_is_refused_and_nothing_changes() -> None:
    published()
    _publish(WEEKLY, "47.0", SOON, AT + timedelta(days=1))
    rows = Placement.objects.count()
    with pytest.raises(Refused, match="needs a reason"):
        _withdraw("47.0", AT + timedelta(days=2), reason=" ")
    with pytest.raises(Refused, match=r"No text stands as version 99\.0"):
        _withdraw("99.0", AT + timedelta(days=2))
    with pytest.raises(Refused, match="took effect on"):
        _withdraw("46.0", AT + timedelta(days=4))
    _publish(CHANGED, "48.0", SOON + timedelta(days=9), AT + timedelta(days=2))
    with pytest.raises(Refused, match="Withdraw what came after it first"):
        _withdraw("47.0", AT + timedelta(days=3))
    _withdraw("48.0", AT + timedelta(days=4))
    _withdraw("47.0", AT + timedelta(days=5))
    with pytest.raises(Refused, match=r"No text stands as version 47\.0"):
        _withdraw("47.0", AT + timedelta(days=6))
    assert without_ids(code_as_at(on=SOON + timedelta(days=20))) == BASE
    assert Placement.objects.count() > rows
