"""Timetables hold together: no step before its cause, gates on their days, slips move the rest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engross.adapters.code_folder import load_code
from engross.core.dates.spans import Ends
from engross.core.proposals.planning.actuals import actual_spans
from engross.core.proposals.planning.clashes import Timetabled, clashes_among
from engross.core.proposals.planning.plans import Gates, Slip, Span, plan, slips_between
from engross.core.proposals.planning.slips import SlipTold, is_news
from engross.core.proposals.planning.steps import StepKind, steps_from, steps_of
from tests.core.proposals.conftest import CALENDAR, CODE, FRAMEWORKS

ORDER = [each.key for each in sorted(CODE.options("proposal_stages"),
                                     key=lambda each: each.number("order"))]  # fmt: skip
STEPS = steps_of(CODE, route="self-governance", day=date(2021, 9, 1))
BODIES = sorted({step.body for step in STEPS if step.body})


def monthly(day_of_month):
    return [
        date(year, month, day_of_month) for year in (2021, 2022, 2023) for month in range(1, 13)
    ]


GATES = Gates(
    {body: [CALENDAR.next_working_day(day, or_same=True) for day in monthly(3 + 5 * place)]
     for place, body in enumerate(BODIES)},
    [date(2022, 2, 24), date(2022, 6, 30), date(2022, 11, 3), date(2023, 2, 23), date(2023, 6, 29)],
)  # fmt: skip

starts = st.dates(date(2021, 3, 1), date(2021, 12, 31))
lengths = st.dictionaries(st.sampled_from([step.key for step in STEPS]), st.integers(0, 40))


def planned(start, **more):
    return plan(STEPS, start, calendar=CALENDAR, gates=GATES, **more)


def test_the_sec_s_steps_are_laid_out_over_its_meetings_and_releases():
    found = planned(date(2021, 9, 1))
    days = {each.step.key: each.span.last for each in found.steps}
    assert days["problem"] == date(2021, 9, 15)
    assert days["csc-problem"] in GATES.meetings["csc"]
    assert days["go-live"] in GATES.releases
    assert found.ends_on == days["go-live"]


@pytest.mark.parametrize("key", ["sec", "example", "sec-code-manager"])
def test_the_steps_of_each_code_can_be_told_today(key):
    code = load_code(key)
    routes = [option.key for option in code.options("proposal_routes")]
    assert all(steps_of(code, route=route, day=date(2026, 11, 22)) for route in ["", *routes])


@given(starts, lengths)
def test_steps_follow_one_another_and_gates_fall_on_their_days(start, lengths):
    ready = start
    for each in planned(start, lengths=lengths).steps:
        if each.why_not:
            assert each.span.last is None
            continue
        assert ready <= each.span.first <= each.span.last
        if each.step.kind is StepKind.MEETING:
            assert each.span.last in GATES.meetings[each.step.body]
            lead = lengths.get(each.step.key, each.step.working_days)
            assert CALENDAR.subtract_working_days(each.span.last, lead) >= ready
        if each.step.kind is StepKind.RELEASE:
            assert each.span.last in GATES.releases
        ready = each.span.last


def test_what_is_overdue_is_not_expected_on_a_day_off():
    sunday = date(2021, 9, 5)
    late = STEPS[0]
    found = planned(sunday, actual={late.key: Span(date(2021, 7, 1))})
    assert found.day_of(late.key) == date(2021, 9, 6)


@given(starts, st.integers(0, 60))
def test_a_later_start_ends_no_step_earlier(start, later):
    first, second = planned(start), planned(start + timedelta(days=later))
    for one, other in zip(first.steps, second.steps, strict=True):
        if one.span.last and other.span.last:
            assert one.span.last <= other.span.last
        assert one.span.last or not other.span.last


@given(starts, st.integers(1, 13))
def test_what_happened_as_planned_changes_nothing(start, done):
    before = planned(start)
    actual = {each.step.key: each.span for each in before.steps[:done] if each.span.last}
    after = planned(start, actual=actual)
    assert [each.span for each in after.steps] == [each.span for each in before.steps]
    assert not slips_between(before, after, calendar=CALENDAR)


def test_what_slips_moves_the_rest_and_is_told():
    before = planned(date(2021, 9, 1))
    late = {"problem": Span(date(2021, 9, 1), date(2021, 12, 15))}
    after = planned(date(2021, 12, 15), actual=late)
    slips = slips_between(before, after, calendar=CALENDAR)
    assert [slip.step.key for slip in slips][:2] == ["problem", "csc-problem"]
    assert slips[0].by == CALENDAR.count_working_days(date(2021, 9, 15), date(2021, 12, 15),
                                                      inclusive=Ends.END)  # fmt: skip
    assert all(slip.planned_on < slip.expected_on for slip in slips)


def test_where_no_meeting_is_planned_no_day_is_invented():
    few = Gates({body: days[:8] for body, days in GATES.meetings.items()}, GATES.releases)
    found = plan(STEPS, date(2021, 7, 1), calendar=CALENDAR, gates=few)
    missing = [each for each in found.steps if each.why_not]
    assert missing
    assert found.ends_on is None
    assert "No meeting is planned after 2021-08" in missing[0].why_not


def test_a_step_can_be_left_out_and_those_of_later_stages_are_asked_alone():
    keys = [each.step.key for each in planned(date(2021, 9, 1), left_out=["pa", "ia"]).steps]
    assert "pa" not in keys
    assert [step.key for step in steps_from(STEPS, "opine", ORDER)] == [
        "mrc", "vote", "appeal", "go-live",
    ]  # fmt: skip
    assert steps_from(STEPS, "nowhere", ORDER) == []


def told(clashes, kind):
    return [each for each in clashes if each.kind.startswith(kind)]


def test_plans_that_cannot_all_hold_are_named():
    plans = [
        Timetabled(f"MP{number:03}", planned(date(2021, 9, 1)), is_urgent=number < 2, rank=number,
                   wanted_release=date(2022, 6, 30) if number == 1 else None)
        for number in range(4)
    ]  # fmt: skip
    found = clashes_among(plans, assessed={"pa": "pa", "ia": "ia"}, at_once=3, items=3)
    assert "4 assessments at once, and 3 can be made" in told(found, "assessments")[0].what
    assert "Begin MP003 later" in told(found, "assessments")[0].remedy
    assert "4 proposals on one agenda" in told(found, "agenda of csc")[0].what
    [missed] = told(found, "release")
    assert missed.proposals == ("MP001",)
    urgent = clashes_among(plans, assessed={"pa": "pa"}, at_once=1, items=9)
    assert "2 urgent assessments at once" in told(urgent, "assessments")[0].what
    assert not clashes_among(plans[:1], assessed={"pa": "pa"}, at_once=1, items=1)


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2021, 12, 24)])
def test_it_begins_on_any_day(day):
    assert plan(STEPS[:1], day, calendar=CALENDAR, gates=Gates()).steps[0].span.last > day


def test_what_happened_is_told_of_the_last_round_alone(journey):
    journey.move("raise", date(2021, 1, 4))
    journey.move("convert", date(2021, 1, 26), route="authority-determined")
    journey.move("request-pa", date(2021, 2, 1))
    journey.move("accept-pa", date(2021, 2, 2))
    steps = steps_of(CODE, route="authority-determined", day=date(2021, 2, 2))

    def spans():
        return actual_spans(FRAMEWORKS, journey.events, journey.facts, steps)

    assert spans()["csc-problem"] == Span(None, date(2021, 1, 26))
    assert spans()["pa"] == Span(date(2021, 2, 2), None)
    journey.move("return-pa", date(2021, 2, 20))
    journey.file("legal-text", date(2021, 2, 20))
    journey.move("file-report", date(2021, 2, 22))
    journey.move("go-to-report", date(2021, 2, 23))
    for fact in ("modification-report-consultation", "vote-counted"):
        journey.file(fact, date(2021, 3, 16))
    assert spans()["mrc"] == Span(None, date(2021, 3, 16))
    assert spans()["working-group"] == Span(None, date(2021, 2, 23)), "it ended with its stage"
    journey.move("recommend-approve", date(2021, 3, 24))
    journey.move("authority-send-back", date(2021, 4, 6))
    assert "pa" not in spans(), "it was sent back, and takes its steps again"
    assert spans()["authority"].last == date(2021, 4, 6)


def test_a_slip_is_told_again_only_once_it_has_grown():
    def news(told, expected_on=date(2021, 9, 22), planned_on=date(2021, 9, 1)):
        slip = Slip(STEPS[0], planned_on, expected_on, 5)
        return is_news(slip, told, least=5, calendar=CALENDAR)

    told = SlipTold(STEPS[0].key, date(2021, 9, 1), date(2021, 9, 15))
    assert news(None)
    assert news(told)
    assert not news(told, date(2021, 9, 21))  # four Working Days later than was told
    assert not news(told, date(2021, 9, 14))
    assert news(told, date(2021, 9, 15), date(2021, 9, 2))  # planned anew since
    assert news(told._replace(step="another"), date(2021, 9, 15))
