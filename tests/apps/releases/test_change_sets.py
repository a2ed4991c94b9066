"""Saving change sets: every version stays, and the second of two editors is told."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from engross.apps.audit.models import Event
from engross.apps.legaltext.commands import correct_text
from engross.apps.legaltext.queries import code_of_version
from engross.apps.releases.commands import ChangedMeanwhile, save_change_set
from engross.apps.releases.models import ChangeSet, ChangeSetVersion
from engross.apps.releases.queries import base_of, change_set_of, latest_version, open_change_sets
from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.provisions import Code, text_hash
from engross.core.refusals import Refused
from tests import factories
from tests.support.composing import AT, BASE, DAY, drafted, published, reworded, saved
from tests.support.stored_texts import ids_by_number, without_ids

pytestmark = pytest.mark.django_db


def test_a_change_set_is_kept_and_makes_the_same_text_of_its_base() -> None:
    published()
    factories.proposal("MP100")
    version = saved("pay-sooner", "E1", "Each Party shall pay its Charges within 20 days.",
                    proposal="MP100", title="Pay sooner")  # fmt: skip
    applied = apply(base_of(version), change_set_of(version)).code
    assert text_hash(applied) == version.result_hash
    wanted = reworded(BASE, "E1", "Each Party shall pay its Charges within 20 days.")
    assert without_ids(applied) == wanted
    row = ChangeSet.objects.get()
    assert (row.name, row.title, row.proposal and row.proposal.key) == (
        "pay-sooner",
        "Pay sooner",
        "0100",
    )
    assert Event.objects.filter(action="change-set.save").count() == 1


def test_a_set_that_names_clauses_by_address_is_kept_by_their_ids() -> None:
    published()
    by_address = changes_from(align(BASE, reworded(BASE, "D2", "The Panel shall meet.")), "x")
    assert "Section D/D2" in str(by_address.operations)
    version = save_change_set("x", by_address, base_version="46.0", by=None, at=AT)
    ident = ids_by_number(code_of_version("46.0"))["D2"]
    assert [each.key for each in change_set_of(version).operations] == [ident]


def test_every_version_of_a_set_stays() -> None:
    published()
    first = saved("x", "D2", "The Panel shall meet.")
    second = saved("x", "D2", "The Panel shall meet weekly.", seen=1)
    assert [first.number, second.number] == [1, 2]
    first.refresh_from_db()
    assert "weekly" not in first.payload
    assert latest_version("x") == second
    with pytest.raises(Refused, match="Nothing would change"):
        saved("x", "D2", "The Panel shall meet weekly.", seen=2)


def test_the_second_of_two_editors_gets_what_changed_and_both_together() -> None:
    published()
    saved("x", "D2", "The Panel shall meet weekly.")
    saved("x", "D1", "Anyone may raise a proposal.", seen=1)
    with pytest.raises(ChangedMeanwhile, match="saved version 2 of x since you opened it") as told:
        saved("x", "D3", "A proposal shall be decided within 10 Working Days.", seen=1)
    assert ChangeSetVersion.objects.count() == 2
    refused = told.value
    assert refused.latest.number == 2
    assert len(refused.added) == 1
    assert refused.merged is not None
    assert len(refused.merged.operations) == 2  # the second version had dropped D2's change
    version = save_change_set("x", refused.merged, base_version="46.0", by=None, at=AT, seen=2)
    text = str(without_ids(apply(base_of(version), change_set_of(version)).code))
    assert "Anyone may raise" in text
    assert "within 10 Working Days" in text


def test_two_editors_of_one_sentence_are_shown_both_sides() -> None:
    published()
    saved("x", "D2", "The Panel shall meet every week.")
    saved("x", "D2", "The Panel shall meet every day.", seen=1)
    with pytest.raises(ChangedMeanwhile, match="decide where you differ") as told:
        saved("x", "D2", "The Panel shall meet every year.", seen=1)
    assert told.value.merged is None
    assert [len(each.sides) for each in told.value.conflicts] == [2]


def test_two_who_begin_one_set_do_not_overwrite_each_other() -> None:
    published()
    saved("x", "D2", "The Panel shall meet every week.")
    with pytest.raises(ChangedMeanwhile):
        saved("x", "D1", "Anyone may raise a proposal.")
    with pytest.raises(Refused, match="no version 7 of y"):
        saved("y", "D1", "Anyone may raise a proposal.", seen=7)


def test_a_set_that_does_not_fit_its_base_is_refused_and_leaves_nothing() -> None:
    published()
    made = drafted("x", lambda code: reworded(code, "D2", "The Panel shall meet weekly."))
    published(reworded(BASE, "D2", "The Panel is no more."), "47.0", days=30)
    with pytest.raises(Refused, match="x, operation 1"):
        save_change_set("x", made, base_version="47.0", by=None, at=AT + timedelta(days=31))
    assert not ChangeSet.objects.exists()


def test_unknown_versions_and_proposals_are_named() -> None:
    published()
    with pytest.raises(Refused, match=r"No text is published as version 99\.0"):
        save_change_set("x", drafted("x", lambda code: code), base_version="99.0", by=None, at=AT)
    with pytest.raises(Refused, match="There is no proposal MP404"):
        saved("x", "D1", "Anyone", proposal="MP404")


def test_a_set_still_has_its_base_after_the_text_was_corrected() -> None:
    published()
    version = saved("x", "D2", "The Panel shall meet weekly.")
    ident = ids_by_number(code_of_version("46.0"))["D3"] or ""
    correct_text(ident, on=DAY, text="Corrected.", by=None, at=AT + timedelta(1), reason="A slip")
    assert text_hash(base_of(version)) == version.base_hash
    version.base_hash = "0" * 64
    with pytest.raises(Refused, match="recorded otherwise since"):
        base_of(version)


def test_open_sets_are_those_not_published() -> None:
    published()
    saved("b", "D1", "Anyone.")
    saved("a", "D2", "Nobody.")
    assert [each.name for each in open_change_sets()] == ["a", "b"]
    ChangeSet.objects.filter(name="a").update(published_in=latest_version("a").base_version)  # type: ignore[union-attr]
    assert [each.name for each in open_change_sets()] == ["b"]
    with pytest.raises(Refused, match="a is published in version"):
        saved("a", "D2", "Everybody.", seen=1)


def test_an_empty_set_is_a_set() -> None:
    published()
    version = save_change_set(
        "x", replace(drafted("x", lambda code: code)), base_version="46.0", by=None, at=AT
    )
    assert without_ids(apply(base_of(version), change_set_of(version)).code) == BASE
    assert isinstance(base_of(version), Code)
