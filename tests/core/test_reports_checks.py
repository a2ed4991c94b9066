"""Checks between figures, known slips, and figures as published beside ours."""

from datetime import UTC, date, datetime

import pytest

from engross.core.dates.months import Month
from engross.core.reports.checks import (
    CheckRegistry,
    CheckResult,
    KnownSlip,
    Verdict,
    check,
    disagreeing,
    last_of_series_equals,
    parts_equal_total,
    rows_equal_count,
    run_checks,
)
from engross.core.reports.figures import Answer, Asking, FigureRegistry, figure
from engross.core.reports.freezing import canonical_json, freeze, hash_of, moved
from engross.core.reports.publication import Comparison, PublishedKey, reconcile
from engross.core.reports.tables import Table, columns

STAGES = columns(("stage", "", "text"), ("proposals", "", "whole"))


def asking(*, kept=True, known_at=None, **answers):
    """Return a round of questions about September 2021, with these answers."""
    registry = FigureRegistry()
    for name, answer in answers.items():
        figure(
            name.replace("__", "."),
            title=name,
            unit="U",
            method="M",
            needs=("r",),
            registry=registry,
        )(lambda asking, answer=answer: answer)
    return Asking(
        code=None,
        month=Month(2021, 9),
        as_at=date(2021, 9, 30),
        kept=lambda *each: kept,
        registry=registry,
        known_at=known_at,
    )


def stages(*rows):
    return Answer(rows=Table(STAGES, rows))


def open_equals_stages(round_, *slips):
    registry = CheckRegistry()
    check("open.stages", title="Open proposals by stage", registry=registry)(
        lambda asking: parts_equal_total(asking, "p.stages", "proposals", "p.open")
    )
    return run_checks(round_, slips=slips, registry=registry)


def test_parts_that_add_up_agree_and_others_are_named_with_both_numbers():
    (good,) = open_equals_stages(asking(p__stages=stages(("A", 1), ("B", 2)), p__open=Answer(3)))
    (bad,) = open_equals_stages(asking(p__stages=stages(("A", 1)), p__open=Answer(3)))

    assert (good.verdict, good.figures) == (Verdict.AGREES, ("p.stages", "p.open"))
    assert bad.verdict is Verdict.DISAGREES
    assert bad.statement == "The parts of p.stages: 1; p.open: 3"
    assert disagreeing([good, bad]) == (bad,)


@pytest.mark.parametrize(
    ("months", "verdict"),
    [
        ((), Verdict.KNOWN_SLIP),
        (("2021-09",), Verdict.KNOWN_SLIP),
        (("2021-10",), Verdict.DISAGREES),
    ],
)
def test_a_known_slip_explains_its_check_in_its_months(months, verdict):
    round_ = asking(p__stages=stages(("A", 1)), p__open=Answer(3))

    (found,) = open_equals_stages(round_, KnownSlip("open.stages", "one is in no stage", months))

    assert found.verdict is verdict


def test_a_slip_is_not_told_of_a_check_that_agrees():
    round_ = asking(p__stages=stages(("A", 3)), p__open=Answer(3))

    (found,) = open_equals_stages(round_, KnownSlip("open.stages", "why"))

    assert (found.verdict, found.known) == (Verdict.AGREES, "")


def test_a_check_without_records_neither_agrees_nor_disagrees():
    (found,) = open_equals_stages(asking(kept=False, p__stages=stages(), p__open=Answer(0)))

    assert found.verdict is Verdict.NO_RECORDS
    assert "p.stages" in found.statement


def test_rows_are_counted_and_a_series_ends_in_the_month():
    round_ = asking(p__stages=stages(("A", 1), ("B", 2)), p__two=Answer(2), p__one=Answer(1))

    assert rows_equal_count(round_, "p.stages", "p.two").ok
    assert not rows_equal_count(round_, "p.stages", "p.one").ok
    assert last_of_series_equals(round_, "p.stages", "proposals", "p.two").ok
    assert not last_of_series_equals(round_, "p.stages", "proposals", "p.one").ok


def test_an_unknown_check_is_answered_with_the_nearest():
    registry = CheckRegistry()
    check("open.stages", title="T", registry=registry)(lambda asking: CheckResult(True, ""))

    with pytest.raises(LookupError, match=r"'open\.stages'"):
        run_checks(asking(), ["open.stage"], registry=registry)


KEYS = (
    PublishedKey("open", "p.open"),
    PublishedKey("visits_at_least", "p.visits", Comparison.AT_LEAST),
    PublishedKey("by_stage", "p.stages", label="stage", column="proposals"),
    PublishedKey("stages", "p.stages", column="stage"),
    PublishedKey("refined", "p.stages", label="stage", column="proposals", row="Refine"),
)


def reconciled(published, *slips, kept=True, **answers):
    round_ = asking(kept=kept, **answers)
    for name in answers:
        round_.figure(name.replace("__", "."))
    return reconcile(published, KEYS, round_.answered, month="2021-09", slips=slips)


def test_published_figures_stand_beside_ours_with_the_difference():
    (good,) = reconciled({"open": 3}, p__open=Answer(3)).rows
    (bad,) = reconciled({"open": 4}, p__open=Answer(3)).rows

    assert good.agrees
    assert (bad.ours, bad.published, bad.agrees, bad.difference) == (3, 4, False, "-1")


def test_a_published_bound_is_met_by_more_and_not_by_less():
    assert reconciled({"visits_at_least": 24}, p__visits=Answer(25)).rows[0].agrees
    assert reconciled({"visits_at_least": 24}, p__visits=Answer(24)).rows[0].agrees
    assert not reconciled({"visits_at_least": 24}, p__visits=Answer(23)).rows[0].agrees


def test_published_parts_and_lists_are_compared_with_our_rows():
    answers = {"p__stages": stages(("Define", 9), ("Refine", 46))}
    found = reconciled({"by_stage": {"Define": 9, "refine": 45}, "stages": ["Define"]}, **answers)

    assert [(row.published_key, row.agrees) for row in found.rows] == [
        ("by_stage.Define", True),
        ("by_stage.refine", False),
        ("stages", False),
    ]


def test_a_published_key_may_be_answered_by_one_row():
    (found,) = reconciled({"refined": 46}, p__stages=stages(("Define", 9), ("Refine", 46))).rows

    assert (found.ours, found.agrees) == (46, True)


def test_published_keys_that_nothing_answers_are_named():
    found = reconciled({"open": 3, "swans": {"black": 1, "white": 2}}, p__open=Answer(3))

    assert found.unmapped == ("swans.black", "swans.white")


def test_a_published_figure_without_records_or_rows_of_ours_says_so():
    assert reconciled({"open": 0}, kept=False, p__open=Answer(0)).rows[0].remark == "no records"
    assert not reconciled({"open": 0}, kept=False, p__open=Answer(0)).rows[0].agrees
    assert (
        "no row is called 'X'"
        in reconciled({"by_stage": {"X": 0}}, p__stages=stages()).rows[0].remark
    )


def test_a_known_reason_stands_beside_a_difference():
    slip = KnownSlip("open", "bank holidays")

    assert reconciled({"open": 4}, slip, p__open=Answer(3)).rows[0].known == "bank holidays"
    assert reconciled({"open": 3}, slip, p__open=Answer(3)).rows[0].known == ""


def frozen(known_at=None, **answers):
    round_ = asking(known_at=known_at, **answers)
    return freeze(round_.figure(name.replace("__", ".")) for name in answers)


def test_the_same_figures_have_one_hash_whenever_they_are_asked_for():
    later = datetime(2026, 1, 1, tzinfo=UTC)

    assert hash_of(frozen(p__open=Answer(3))) == hash_of(frozen(later, p__open=Answer(3)))
    assert hash_of(frozen(p__open=Answer(3))) != hash_of(frozen(p__open=Answer(4)))


def test_what_moved_between_two_runs_is_named_by_value_and_row():
    was = frozen(p__open=Answer(3), p__stages=stages(("A", 1)), p__gone=Answer(1))
    now = frozen(p__open=Answer(4), p__stages=stages(("A", 2)), p__same=Answer(1))

    assert [(each.figure, each.was, each.now, each.what) for each in moved(was, now)] == [
        ("p.gone", 1, None, "printed"),
        ("p.open", 3, 4, "value"),
        ("p.same", None, 1, "printed"),
        ("p.stages", ["A", 1], None, "row"),
        ("p.stages", None, ["A", 2], "row"),
    ]
    assert moved(was, was) == ()


def test_canonical_json_does_not_depend_on_order():
    assert (
        canonical_json({"b": 1, "a": "é"})
        == canonical_json({"a": "é", "b": 1})
        == '{"a":"é","b":1}'
    )
