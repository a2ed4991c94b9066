"""What speaks against publishing a composition, against a scope, against a withdrawal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engross.core.releases.publishing import (
    Carried,
    ToPublish,
    Withdrawing,
    reasons_against_publishing,
    reasons_against_withdrawing,
)
from engross.core.releases.scope import ScopeDecision, reasons_against_scope, scope_on

pytestmark = pytest.mark.once
TODAY = date(2021, 10, 20)
DAY = date(2021, 11, 4)
MP078 = Carried("mp078", "MP078", is_approved=True, is_in_scope=True)
READY = ToPublish("November 2021, composition 1", carried=(MP078, Carried("designation")))


def told(what: ToPublish, *, effective_on: date = DAY, published_on: date = TODAY) -> str:
    reasons = reasons_against_publishing(
        what, effective_on=effective_on, published_on=published_on, today=TODAY
    )
    return " ".join(str(each) for each in reasons)


def test_what_is_ready_may_be_published_for_today_or_later() -> None:
    assert told(READY) == ""
    assert told(READY, effective_on=TODAY) == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"published_as": "46.0"}, "is published as version 46.0"),
        ({"conflicts_left": 1}, "has 1 conflict that nobody has decided"),
        ({"findings_left": 2}, "2 findings of its checks that nobody has answered"),
        ({"is_on_current_text": False, "newer_versions": ("46.1",)}, "which is version 46.1's"),
        ({"gives_same_text": False}, "gives another text"),
    ],
)
def test_what_is_not_done_speaks_against_it(change: dict[str, object], says: str) -> None:
    assert says in told(replace(READY, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"is_approved": False}, "MP078 is not approved"),
        ({"is_in_scope": False}, "MP078 is not in the scope"),
        ({"appeal_ends_on": DAY}, "can be appealed until 4 November 2021"),
        ({"is_appeal_end_unknown": True}, "can be appealed is not known yet"),
    ],
)
def test_a_proposal_that_is_not_ready_speaks_against_it(
    change: dict[str, object], says: str
) -> None:
    carried = replace(MP078, **change)  # type: ignore[arg-type]
    assert says in told(replace(READY, carried=(carried,)))


def test_the_day_after_the_appeal_window_is_soon_enough() -> None:
    carried = replace(MP078, appeal_ends_on=DAY - timedelta(days=1))
    assert told(replace(READY, carried=(carried,))) == ""


def test_days_out_of_order_speak_against_it() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert "before it is published" in told(READY, effective_on=yesterday)
    assert "is past" in told(READY, effective_on=yesterday, published_on=yesterday)
    assert "which is to come" in told(READY, published_on=TODAY + timedelta(days=1))


def test_every_reason_is_told_at_once() -> None:
    bad = replace(READY, conflicts_left=1, carried=(Carried("mp078", "MP078"),))
    assert (
        len(reasons_against_publishing(bad, effective_on=TODAY, published_on=DAY, today=TODAY)) == 5
    )


def test_a_version_is_withdrawn_before_its_day_and_with_a_reason() -> None:
    version = Withdrawing("46.0", DAY)
    assert not reasons_against_withdrawing(version, today=DAY - timedelta(days=1), reason="Late")
    (late,) = reasons_against_withdrawing(version, today=DAY, reason="Late")
    assert "took effect" in str(late)
    built = replace(version, built_upon_by=("47.0",), is_withdrawn=True)
    assert len(reasons_against_withdrawing(built, today=TODAY, reason=" ")) == 3


def _said(is_in: bool, day: int, proposal: str = "MP078") -> ScopeDecision:
    return ScopeDecision(proposal, is_in, date(2021, 9, day), "csc")


def test_the_scope_is_what_was_decided_last_by_a_day() -> None:
    said = [_said(True, 7), _said(False, 21), _said(True, 7, "MP102A")]
    assert {key for key, each in scope_on(said, date(2021, 9, 20)).items() if each.is_in} == {
        "MP078", "MP102A",
    }  # fmt: skip
    assert {key for key, each in scope_on(said).items() if each.is_in} == {"MP102A"}
    assert not reasons_against_scope(said)


def test_a_change_to_the_scope_needs_a_later_decision() -> None:
    (same_day,) = reasons_against_scope([_said(True, 7), _said(False, 7)])
    (twice,) = reasons_against_scope([_said(True, 7), _said(True, 21)])
    (never,) = reasons_against_scope([_said(False, 7)])
    assert "two things of MP078" in str(same_day)
    assert "in scope already" in str(twice)
    assert "not in scope" in str(never)
