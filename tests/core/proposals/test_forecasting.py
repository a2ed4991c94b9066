"""Forecasts: what they tell, what they refuse to tell, and that what is told comes about."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import bench_forecast, proposal_passages
from engross.core.dates.working_days import WorkingDayCalendar
from engross.core.proposals.forecasting.exits import exits_of
from engross.core.proposals.forecasting.forecasts import forecasts
from engross.core.proposals.forecasting.hindsight import (
    held_by_route,
    held_of,
    outcomes,
    told_on,
)
from engross.core.proposals.forecasting.intervals import NOT_WITHIN, interval_of
from engross.core.proposals.forecasting.passages import Held, Passage, Spell, Ways, spells_of
from engross.core.proposals.forecasting.past import History
from engross.core.proposals.forecasting.samples import Sample
from engross.core.proposals.forecasting.told import Interval, Why
from engross.core.proposals.forecasting.trends import trends_of
from engross.core.proposals.histories import Move, Stage

pytestmark = pytest.mark.once

ENGLAND = WorkingDayCalendar("GB", "england-and-wales")
ON = date(2021, 9, 30)
WAYS = Ways(
    open=("refine", "opine"), decided=frozenset({"release", "implemented", "rejected"}),
    awaiting=frozenset({"release"}), live=frozenset({"implemented"}),
    withdrawn=frozenset({"withdrawn"}),
)  # fmt: skip
RELEASES = tuple(date(year, month, 25) for year in range(2015, 2028) for month in (2, 6, 11))


def day(number):
    return date(2018, 1, 2) + timedelta(days=number)


def passage(number, route, lasted, *, began, to="release", hold=None, opine=20):
    """Return a proposal that was so many days in refinement, if it is known to have left it."""
    entered, name = day(began), f"P{number}"
    holds = (Held(*hold),) if hold else ()
    if lasted is None:
        return Passage(name, route, (Spell("refine", entered),), holds)
    left = entered + timedelta(days=lasted)
    if to == "withdrawn":
        return Passage(name, route, (Spell("refine", entered, left, to), Spell(to, left)), holds)
    ended = left + timedelta(days=opine)
    spells = (Spell("refine", entered, left, "opine"), Spell("opine", left, ended, to))
    if to == "release":
        live = next(each for each in RELEASES if each > ended + timedelta(days=30))
        spells += (Spell(to, ended, live, "implemented"),)
        return Passage(name, route, (*spells, Spell("implemented", live)), holds)
    return Passage(name, route, (*spells, Spell(to, ended)), holds)


def history(passages, **more):
    return History(passages, WAYS, ENGLAND, releases=RELEASES, **more)


def told_of(passages, name, *, on=ON, **more):
    return next(each for each in forecasts(history(passages, **more), on) if each.proposal == name)


MANY = [passage(number, "a", 100 + 5 * number, began=10 * number) for number in range(60)]
OPEN = passage(900, "a", None, began=1300)

histories = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.one_of(st.none(), st.integers(0, 900)), st.integers(0, 1300),
        st.sampled_from(["release", "rejected", "withdrawn"]),
    ),
    max_size=40,
).map(lambda rows: [passage(1000 + number, route, lasted, began=began, to=to)
                    for number, (route, lasted, began, to) in enumerate(rows)])  # fmt: skip


@given(histories, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_days_come_in_order_after_the_day_and_more_confidence_never_tells_fewer(passages, chance):
    with_open = [*passages, OPEN, *MANY[:20]]
    half, most = (forecasts(history(with_open), ON, confidence=each) for each in (0.5, 0.9))
    for narrow, wide in zip(half, most, strict=True):
        for one, other in ((narrow.decision, wide.decision), (narrow.go_live, wide.go_live)):
            if isinstance(one, Interval):
                assert ON < one.first <= (one.middle or date.max) <= (one.last or date.max)
                assert 0 < one.first_in <= (one.middle_in or 9999) <= (one.last_in or 9999)
            if isinstance(one, Interval) and isinstance(other, Interval):
                assert one.share <= other.share
                assert _length(one) <= _length(other) or other.last is None
                assert one.middle == other.middle
            else:  # Wider days may begin within what can be told where narrower do not.
                assert one == other or one is Why.BEYOND
    shuffled = list(with_open)
    chance.shuffle(shuffled)
    again = {each.proposal: each for each in forecasts(history(shuffled), ON, confidence=0.9)}
    for each in most:
        same = again[each.proposal]
        assert (_days(each.decision), _days(each.go_live)) == (
            _days(same.decision), _days(same.go_live)
        )  # fmt: skip


def _length(told):
    return told.last - told.first if told.last else timedelta.max


def _days(told):
    return (told.first, told.middle, told.last) if isinstance(told, Interval) else told


@given(
    st.lists(st.integers(1, 700), min_size=8, max_size=40),
    st.lists(st.integers(0, 1300), max_size=40),
)
@settings(max_examples=25, deadline=None)
def test_ones_that_are_still_open_never_make_the_middle_come_sooner(lasted, still_open):
    ways = replace(WAYS, open=("refine",))
    ended = [
        Passage(f"E{number}", "a", (Spell("refine", day(0), day(each), "release"),))
        for number, each in enumerate(lasted)
    ]
    waiting = [
        Passage(f"W{number}", "a", (Spell("refine", day(each)),))
        for number, each in enumerate(still_open)
    ]
    asked = Passage("Q", "a", (Spell("refine", ON - timedelta(days=1)),))
    fewer, more = (
        next(
            each
            for each in forecasts(History(rows, ways, ENGLAND), ON)
            if each.proposal == "Q"
        )
        for rows in ([*ended, asked], [*ended, asked, *waiting])
    )  # fmt: skip
    if isinstance(more.decision, Interval):
        assert isinstance(fewer.decision, Interval)
        assert (more.decision.middle or date.max) >= (fewer.decision.middle or date.max)


def test_the_estimate_is_kaplan_and_meiers():
    """Weeks in remission of 21 patients on 6-mercaptopurine (Freireich and others, 1963)."""
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    ages = np.array(relapsed + censored)
    ways = np.array([0] * len(relapsed) + [-1] * len(censored))
    nought = np.zeros(len(ages), dtype=np.int64)
    exits = exits_of(
        Sample(nought, nought, ages, ways, nought), kin=np.ones((1, 1)), ways=1, length=40,
        half_life=750, borrowed=5,
    )  # fmt: skip

    printed = [round(float(exits.staying[0, age]), 3) for age in (5, 6, 7, 10, 13, 16, 22, 23)]
    assert printed == [1.0, 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]


def test_a_route_without_exits_of_its_own_is_told_from_all_routes_and_says_so():
    alone = passage(901, "b", None, began=1300)
    own, other = (told_of([*MANY, OPEN, alone], name) for name in ("P900", "P901"))

    assert _days(own.decision) == _days(other.decision)
    assert not own.rests_on.is_pooled
    assert other.rests_on.is_pooled
    assert (other.rests_on.exits, other.rests_on.all_exits) == (0, 60)


def test_where_what_follows_depends_on_who_decides_other_routes_teach_nothing():
    alone = Passage("P901", "b", (Spell("opine", ON - timedelta(days=3)),))
    apart = {
        "deciders": {"a": ["board"], "b": ["authority"]},
        "told_by_route": frozenset({"opine"}),
    }

    assert isinstance(told_of([*MANY, alone], "P901").decision, Interval)
    assert told_of([*MANY, alone], "P901", **apart).decision is Why.TOO_FEW
    unknown = replace(alone, route="")
    assert isinstance(told_of([*MANY, unknown], "P901", **apart).decision, Interval)


def test_nothing_that_came_after_the_day_is_used():
    later = ON + timedelta(days=1)
    after = [Passage("P900", "a", (Spell("refine", day(1300), later, "rejected"),
                                  Spell("rejected", later)))]  # fmt: skip
    raised_later = Passage("P999", "a", (Spell("refine", later),))

    told = told_of([*MANY, *after, raised_later], "P900")

    assert told.stage == "refine"
    assert _days(told.decision) == _days(told_of([*MANY, OPEN], "P900").decision)
    assert "P999" not in {each.proposal for each in forecasts(history([raised_later]), ON)}


def test_no_day_is_invented():
    assert forecasts(history([]), ON) == []
    assert told_of([OPEN], "P900").decision is Why.TOO_FEW
    assert told_of([*MANY[:3], OPEN], "P900").decision is Why.TOO_FEW
    waiting = [passage(number, "a", None, began=0) for number in range(100, 140)]
    told = told_of([*MANY[:10], *waiting, OPEN], "P900").decision
    assert (told.middle, told.last) == (None, None)
    assert told.first > ON
    gone = [replace(each, spells=passage(0, "a", 90, began=0, to="withdrawn").spells)
            for each in MANY]  # fmt: skip
    assert told_of([*gone, OPEN], "P900").decision is Why.NO_DECISION
    assert forecasts(History([*MANY, OPEN], WAYS, ENGLAND), ON)[-1].go_live is Why.NO_RELEASE


def test_one_on_hold_is_told_nothing_and_its_clock_stands_still():
    held = passage(901, "a", None, began=1200, hold=(day(1250), None))
    was_held = passage(902, "a", None, began=1200, hold=(day(1250), day(1300)))
    never = passage(903, "a", None, began=1250)

    told = {each.proposal: each for each in forecasts(history([*MANY, held, was_held, never]), ON)}

    assert told["P901"].decision is Why.ON_HOLD
    assert told["P901"].go_live is Why.ON_HOLD
    assert abs(told["P902"].waited - told["P903"].waited) <= 3  # bank holidays


def test_what_ended_before_the_register_was_kept_teaches_nothing():
    kept = told_of([*MANY, OPEN], "P900", watched_from=date(2019, 1, 1))

    assert 0 < kept.rests_on.exits < 60
    assert told_of([*MANY, OPEN], "P900", watched_from=date(2021, 9, 1)).decision is Why.TOO_FEW


def test_decisions_fall_on_meetings_and_going_live_on_releases():
    meetings = [date(2021, 10, 8) + timedelta(days=28 * step) for step in range(40)]

    told = told_of([*MANY, OPEN], "P900", meetings={"a": meetings})

    assert {told.decision.first, told.decision.middle, told.decision.last} <= set(meetings)
    assert {told.go_live.first, told.go_live.middle, told.go_live.last} <= set(RELEASES)
    assert told.decision.first < told.go_live.first


def test_a_decided_one_awaits_its_release_only():
    approved = Passage("P902", "a", (Spell("release", date(2021, 9, 1)),))

    told = told_of([*MANY, approved], "P902")

    assert told.decision is None
    assert told.go_live.first == told.go_live.last == date(2021, 11, 25)
    assert told_of([*MANY[:2], approved], "P902").go_live is Why.TOO_FEW


STAGES = {
    key: Stage(key, key, order, is_open, is_open, counted)
    for order, (key, is_open, counted) in enumerate(
        [("define", True, ""), ("refine", True, ""), ("release", False, "approved"),
         ("implemented", False, "implemented"), ("split", False, "split")]
    )
}  # fmt: skip
NEXT = {"define": ["refine"], "refine": ["release", "split"], "release": ["implemented"]}


def test_a_spell_that_hides_a_move_has_no_known_end():
    moves = [Move("define", day(0)), Move("implemented", day(90))]

    assert spells_of(moves, STAGES, NEXT)[0] == Spell("define", day(0), day(90), "")
    undated = [Move("define", day(0)), Move("release", None)]
    assert spells_of(undated, STAGES, NEXT) == (Spell("define", day(0), day(0)),)
    plain = [Move("refine", day(9)), Move("define", day(0))]
    assert spells_of(plain, STAGES, NEXT) == (
        Spell("define", day(0), day(9), "refine"), Spell("refine", day(9))
    )  # fmt: skip
    assert Ways.of(STAGES) == Ways(
        ("define", "refine"), frozenset({"release", "implemented"}), frozenset({"release"}),
        frozenset({"implemented"}), frozenset(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shares", "total", "told", "held"),
    [
        ([0.6, 0.35, 0.05], 1.0, (0, 0, 1), 0.95),
        ([0.7, 0.25, 0.05], 1.0, (0, 0, 0), 0.7),
        ([0.1, 0.4, 0.4, 0.1], 1.0, (1, 1, 2), 0.8),
        ([0.3, 0.4], 1.0, (0, 1, NOT_WITHIN), 1.0),
        ([0.3, 0.48], 1.0, (0, 1, 1), 0.78),
        ([0.0, 0.0], 0.0, (NOT_WITHIN, NOT_WITHIN, NOT_WITHIN), 1.0),
    ],
)
def test_the_days_told_hold_what_comes_nearest_to_the_confidence(shares, total, told, held):
    places, share = interval_of(
        np.array([shares]), np.array([total]), np.array([0.8]), [10 * each for each in range(9)][
            : len(shares)
        ],
    )  # fmt: skip

    assert tuple(places[0]) == told
    assert share[0] == pytest.approx(held)


def test_one_approved_shortly_before_a_release_goes_with_a_later_one():
    """Each was ready 30 days after its approval, and so went with the first release after that."""
    approved = [passage(number, "a", 100, began=11 * number) for number in range(90)]
    early, late = (
        Passage(name, "a", (Spell("release", entered),))
        for name, entered in (("P901", date(2021, 9, 29)), ("P902", date(2021, 11, 8)))
    )

    told = [
        next(each for each in forecasts(history([*approved, one]), one.spells[0].entered_on)
             if each.proposal == one.proposal).go_live
        for one in (early, late)
    ]  # fmt: skip

    assert [_days(each) for each in told] == [
        (date(2021, 11, 25),) * 3, (date(2022, 2, 25),) * 3
    ]  # fmt: skip
    assert min(each.share for each in told) > 0.9


def test_where_work_grows_slower_it_is_told_at_todays_pace():
    steady, slower = (
        [passage(number, "a", 100 + growth * number + 20 * (number % 7), began=11 * number)
         for number in range(100)]
        for growth in (0, 1)
    )  # fmt: skip

    trends = []
    for passages in (steady, slower):
        began = np.array([(each.spells[0].entered_on - ON).days * 5 // 7 for each in passages])
        ages = np.array([(each.spells[0].left_on - each.spells[0].entered_on).days * 5 // 7
                         for each in passages])  # fmt: skip
        nought = np.zeros(len(ages), dtype=np.int64)
        sample = Sample(nought, nought, ages, nought, began)
        trends.append(trends_of(sample, np.ones(len(ages)), routes=1, length=400)[0])

    assert abs(trends[0]) < 0.03
    assert trends[1] < -0.05


def test_what_is_told_with_eighty_per_cent_comes_about_that_often_and_is_narrower():
    """The registers are made by work and queues, not by curves; their seeds are used here alone.

    Of a few hundred outcomes the share is off by a point or two by chance; `make bench` asks
    thousands.
    """
    told, naive = ([], []), ({}, {})
    for seed in (71, 72):
        made = bench_forecast.history_of(seed, yearly=150)
        days = bench_forecast.ASKED[:12:3]
        forecast = told_on(made, days)
        for live in (False, True):
            told[live].extend(outcomes(made, forecast, of_going_live=live))
            naive[live].update(bench_forecast.naive_widths(made, days, of_going_live=live))
    waiting = held_of(bench_forecast.waiting_ones(told[True]))

    assert set(held_by_route(told[False])) == set(proposal_passages.ROUTES)
    assert abs(waiting.share - waiting.told_share) < 0.05
    open_ones = bench_forecast.open_ones(told[True])
    for found, widths in zip((told[False], open_ones), naive, strict=True):
        assert 0.75 <= held_of(found).share <= 0.85
        for route, held in held_by_route(found).items():
            if held.outcomes >= 100:
                assert held.width_working_days < widths[route], route
                assert 0.74 <= held.share <= 0.87, (route, held)
