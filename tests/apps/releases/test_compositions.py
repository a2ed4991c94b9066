"""Composing a release: conflicts found and decided, and one text every time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from msgspec.structs import replace

from engross.apps.accounts.models import User
from engross.apps.legaltext.models import Placement
from engross.apps.legaltext.queries import code_as_at, code_of_version
from engross.apps.releases.commands import (
    accept_finding,
    compose_release,
    publish_composition,
    rebase_open_sets,
    resolve_conflict,
    save_change_set,
)
from engross.apps.releases.models import ChangeSet, Composition, ConflictResolution
from engross.apps.releases.queries import (
    base_of,
    change_set_of,
    composed,
    latest_version,
    resolutions_of,
)
from engross.core.legaltext.aligned import NONE
from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.changing import changes_from
from engross.core.legaltext.places import Places
from engross.core.legaltext.provisions import Code, text_hash
from engross.core.refusals import Refused
from tests.support.composing import AT, BASE, DAY, published, released, reworded, saved
from tests.support.stored_texts import clause, ids_by_number, without_ids

pytestmark = pytest.mark.django_db

WEEKLY = "The Panel shall meet every week."
YEARLY = "The Panel shall meet every year."
LATER = AT + timedelta(days=10)
EFFECTIVE = DAY + timedelta(days=60)
TODAY = LATER.date()


def _conflicting() -> Composition:
    published()
    saved("weekly", "D2", WEEKLY)
    saved("yearly", "D2", YEARLY)
    saved("sooner", "E1", "Each Party shall pay its Charges within 20 days.")
    return compose_release(
        released(), ["yearly", "weekly", "sooner"], base_version="46.0", by=None, at=LATER
    )


def _analyst() -> User:
    found = User.objects.filter(email="analyst@example.org").first()
    return found or User.objects.create_user("analyst@example.org")


def _decide(
    made: Composition, side: str = "weekly", reason: str = "The Panel asked for it"
) -> None:
    conflict = made.conflicts.get().conflict
    resolve_conflict(
        made.pk, conflict, take="side", side=side, reason=reason, by=_analyst(), at=LATER
    )
    made.refresh_from_db()


def test_sets_apart_from_each_other_give_one_text_whatever_their_order() -> None:
    published()
    saved("weekly", "D2", WEEKLY)
    saved("sooner", "E1", "Each Party shall pay its Charges within 20 days.")
    name = released()
    made = compose_release(name, ["weekly", "sooner"], base_version="46.0", by=None, at=LATER)
    other = compose_release(name, ["sooner", "weekly"], base_version="46.0", by=None, at=LATER)
    assert (made.conflicts_left, made.number, other.number) == (0, 1, 2)
    assert made.result_hash == other.result_hash == composed(made).merged.hash


def test_a_conflict_is_noted_with_both_sides_and_stops_publication() -> None:
    made = _conflicting()
    (conflict,) = made.conflicts.all()
    assert (made.conflicts_left, conflict.kind) == (1, "text")
    assert all(name in conflict.payload for name in ('"weekly"', '"yearly"'))
    with pytest.raises(Refused, match="1 conflict that nobody has decided"):
        publish_composition(made.pk, "47.0", effective_on=EFFECTIVE, on=TODAY, by=None, at=LATER)
    assert code_of_version("47.0") is None


def test_of_two_decisions_the_one_made_last_stands_even_if_it_was_asked_for_first() -> None:
    made = _conflicting()
    conflict = made.conflicts.get().conflict
    for side, at in (("weekly", LATER + timedelta(seconds=1)), ("yearly", LATER)):
        resolve_conflict(
            made.pk, conflict, take="side", side=side, reason="Because", by=_analyst(), at=at
        )
    stands = ConflictResolution.objects.get(superseded_at__isnull=True)
    assert '"side":"yearly"' in stands.payload
    assert ConflictResolution.objects.count() == 2


def test_a_decision_needs_a_reason_and_a_conflict() -> None:
    made = _conflicting()
    with pytest.raises(Refused, match="A decision needs a reason"):
        _decide(made, reason=" ")
    with pytest.raises(Refused, match="no conflict of-the-heart"):
        resolve_conflict(made.pk, "of-the-heart", take="base", reason="x", by=_analyst(), at=LATER)
    assert not ConflictResolution.objects.exists()


def test_a_later_decision_supersedes_the_earlier_and_both_stay() -> None:
    made = _conflicting()
    _decide(made, "yearly")
    yearly = made.result_hash
    _decide(made, "weekly")
    assert made.result_hash != yearly
    assert ConflictResolution.objects.count() == 2
    payloads = ConflictResolution.objects.values_list("payload", flat=True)
    assert not any("analyst" in each for each in payloads)
    assert [each.side for each in resolutions_of(made)] == ["weekly"]


def test_a_decided_composition_becomes_the_text_of_a_version() -> None:
    made = _conflicting()
    before = ids_by_number(code_as_at(on=DAY))
    _decide(made)
    report = publish_composition(
        made.pk, "47.0", effective_on=EFFECTIVE, on=TODAY, by=None, at=LATER
    )
    wanted = reworded(BASE, "D2", WEEKLY)
    wanted = reworded(wanted, "E1", "Each Party shall pay its Charges within 20 days.")
    assert without_ids(code_as_at(on=EFFECTIVE)) == wanted
    assert without_ids(code_as_at(on=EFFECTIVE - timedelta(1))) == BASE
    assert ids_by_number(code_as_at(on=EFFECTIVE)) == before
    assert report.text_hash == made.result_hash == text_hash(code_as_at(on=EFFECTIVE))
    assert {each.published_in.key for each in ChangeSet.objects.all()} == {"47.0"}  # type: ignore[union-attr]
    with pytest.raises(Refused, match=r"is published as version 47\.0"):
        publish_composition(made.pk, "48.0", effective_on=EFFECTIVE, on=TODAY, by=None, at=LATER)
    with pytest.raises(Refused, match=r"is published as version 47\.0"):
        _decide(made, "yearly")


def test_decisions_are_taken_over_by_the_next_composition() -> None:
    made = _conflicting()
    _decide(made)
    again = compose_release(
        "November 2021", ["weekly", "yearly"], base_version="46.0", by=None, at=LATER
    )
    assert again.conflicts_left == 0
    assert [each.reason for each in resolutions_of(again)] == ["The Panel asked for it"]


def test_a_publication_that_fails_leaves_nothing() -> None:
    made = _conflicting()
    _decide(made)
    rows = Placement.objects.count()
    with pytest.raises(Refused, match="takes effect on"), transaction.atomic():
        publish_composition(made.pk, "46.0", effective_on=EFFECTIVE, on=TODAY, by=None, at=LATER)
    assert Placement.objects.count() == rows
    made.refresh_from_db()
    assert made.published_version is None


def test_a_composition_is_not_published_onto_a_text_it_was_not_made_for() -> None:
    made = _conflicting()
    _decide(made)
    published(reworded(BASE, "D1", "Anyone may."), "46.1", days=5)
    with pytest.raises(Refused, match="is not the one"):
        publish_composition(made.pk, "47.0", effective_on=EFFECTIVE, on=TODAY, by=None, at=LATER)


def test_open_sets_are_carried_over_to_a_new_version_or_say_why_not() -> None:
    made = _conflicting()
    saved("decided-sooner", "D3", "A proposal shall be decided within 10 Working Days.")
    saved("meet-daily", "D2", "The Panel shall meet every day.")
    _decide(made)
    publish_composition(made.pk, "47.0", effective_on=EFFECTIVE, on=TODAY, by=None, at=LATER)
    outcomes = {each.change_set: each for each in rebase_open_sets("47.0", by=None, at=LATER)}
    assert outcomes.keys() == {"decided-sooner", "meet-daily"}
    assert outcomes["decided-sooner"].version == 2
    moved = latest_version("decided-sooner")
    assert moved is not None
    assert moved.base_version.key == "47.0"
    text = str(apply(base_of(moved), change_set_of(moved)).code)
    assert "within 10 Working Days" in text
    assert "every week" in text
    assert outcomes["meet-daily"].version is None
    assert "every week" in str(outcomes["meet-daily"].reasons[0])
    assert [each.change_set for each in rebase_open_sets("47.0", by=None, at=LATER)] == [
        "meet-daily"
    ]


def test_a_set_drafted_on_an_older_text_is_carried_over() -> None:
    published()
    saved("weekly", "D2", WEEKLY)
    anyone = reworded(BASE, "D1", "Anyone may.")
    published(anyone, "47.0", days=5)
    saved("sooner", "E1", "Each Party shall pay.", on="47.0", at=LATER)
    made = compose_release(released(), ["weekly", "sooner"], base_version="47.0", by=None, at=LATER)
    assert made.conflicts_left == 0
    wanted = reworded(reworded(anyone, "D2", WEEKLY), "E1", "Each Party shall pay.")
    assert without_ids(composed(made).merged.code) == wanted
    publish_composition(made.pk, "48.0", effective_on=EFFECTIVE, on=TODAY, by=None, at=LATER)
    assert without_ids(code_as_at(on=EFFECTIVE)) == wanted


def test_a_set_that_an_older_text_no_longer_carries_is_in_conflict_with_the_base() -> None:
    published()
    saved("weekly", "D2", WEEKLY)
    published(reworded(BASE, "D2", YEARLY), "47.0", days=5)
    made = compose_release(released(), ["weekly"], base_version="47.0", by=None, at=LATER)
    (conflict,) = made.conflicts.all()
    resolve_conflict(
        made.pk, conflict.conflict, take="base", reason="Overtaken", by=_analyst(), at=LATER
    )
    made.refresh_from_db()
    assert made.conflicts_left == 0
    assert without_ids(composed(made).merged.code) == reworded(BASE, "D2", YEARLY)


def test_what_is_unknown_is_named() -> None:
    published()
    with pytest.raises(Refused, match="There is no release May"):
        compose_release("May", ["x"], base_version="46.0", by=None, at=LATER)
    name = released()
    with pytest.raises(Refused, match="There is no change set x"):
        compose_release(name, ["x"], base_version="46.0", by=None, at=LATER)
    with pytest.raises(Refused, match="No change set is chosen"):
        compose_release(name, [], base_version="46.0", by=None, at=LATER)


def test_the_database_refuses_to_publish_what_is_not_decided() -> None:
    made = _conflicting()
    made.published_version = made.base_version
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()


def test_a_clause_that_a_set_adds_never_bears_the_id_of_one_it_takes_away() -> None:
    published()
    before = ids_by_number(code_as_at(on=DAY))

    def replaced(code: Code) -> Code:
        shorter = reworded(code, "D3", "")
        first = shorter.documents[0]
        added = clause("D4", "A proposal shall be decided within 20 Working Days at most.")
        provisions = (*first.provisions, added)
        return Code((replace(first, provisions=provisions), *shorter.documents[1:]))

    base = code_of_version("46.0") or Code()
    new = Places(replaced(base))
    aligned = align(base, new.code)
    old_node, new_node = aligned.old.nodes[before["D3"] or ""], new.nodes["Section D/D4"]
    aligned.new_of[old_node] = aligned.old_of[new_node] = NONE
    said = changes_from(aligned, "anew")
    save_change_set("anew", said, base_version="46.0", by=None, at=AT)
    made = compose_release(released(), ["anew"], base_version="46.0", by=None, at=LATER)
    for each in made.findings.all():
        accept_finding(made.pk, each.finding, reason="D3 is gone", by=_analyst(), at=LATER)
    publish_composition(made.pk, "47.0", effective_on=EFFECTIVE, on=TODAY, by=None, at=LATER)
    after = ids_by_number(code_as_at(on=EFFECTIVE))
    assert after["D4"] not in before.values()
    assert "D3" not in after
