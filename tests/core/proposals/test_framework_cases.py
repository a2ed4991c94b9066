"""Real cases walked through the Smart Energy Code's framework: dates, order and stages.

The dates are those on record; a step between them whose day is not known is given one, and
says so. Sources: the administrator's website and monthly reports, in demo/sec with each row.
"""

from datetime import date

import pytest

from engross.adapters.code_folder import load_code
from engross.core.dates.spans import Ends
from engross.core.proposals.framework.consequences import waits_on
from engross.core.proposals.framework.facts import Fact
from engross.core.proposals.framework.openings import Asked, openings
from engross.core.proposals.framework.rules import Frameworks
from engross.core.proposals.framework.states import state_after
from tests.core.proposals.conftest import CALENDAR, CODE, FRAMEWORKS
from tests.core.proposals.journeys import Journey


def test_mp185_was_urgent_and_took_25_weekdays(journey):
    raised, asked, granted = date(2021, 10, 12), date(2021, 10, 15), date(2021, 10, 18)
    approved, live = date(2021, 11, 16), date(2021, 11, 17)
    between = date(2021, 11, 10)  # Its report and the vote on it: their days are not known.

    journey.move("raise", raised)
    journey.move("ask-urgency", asked, by="csc")
    journey.move("grant-urgency", granted, by="authority")
    assert "urgent" in journey.state.marks
    journey.file("legal-text", between)
    journey.move("file-report", between)
    journey.move("convert-to-report", between, route="authority-determined")
    journey.file("modification-report-consultation", between)
    journey.file("vote-counted", between)
    journey.move("recommend-approve", between)
    journey.move("authority-approve", approved)
    journey.file("in-release", approved)
    journey.file("all-parts-live", live)
    journey.move("implement", live)

    assert journey.state.stage == "implemented"
    assert journey.state.since == live
    assert CALENDAR.count_weekdays(raised, approved, inclusive=Ends.END) == 25
    assert not journey.deadline("authority-decision", live).is_late(live)


def test_mp209_came_with_its_report_and_waited_for_the_time_to_appeal(journey):
    raised, report, concluded, live = (
        date(2022, 6, 10), date(2022, 6, 22), date(2022, 7, 14), date(2022, 8, 1),
    )  # fmt: skip
    journey.move("raise", raised)
    journey.file("legal-text", raised)
    journey.move("file-report", raised)
    journey.move("convert-to-report", report, route="self-governance")
    # Answers from 22 June to 13 July, 15 Working Days; the vote is on the next day.
    closes = CALENDAR.add_working_days(report, 15)
    assert closes == date(2022, 7, 13)
    assert journey.reasons("vote-approve", concluded)
    journey.file("modification-report-consultation", closes)
    journey.facts.append(Fact("vote-counted", concluded, "approved"))
    assert "says 'approved', not 'rejected'" in str(journey.reasons("vote-reject", concluded)[0])
    journey.move("vote-approve", concluded)
    journey.file("in-release", concluded)
    journey.file("all-parts-live", concluded)

    assert journey.deadline("appeal-window", concluded).due_on == date(2022, 7, 28)
    too_early = journey.reasons("implement", date(2022, 7, 28))
    assert "The time to appeal runs until the end of 2022-07-28" in str(too_early[0])
    journey.move("implement", live)
    assert journey.state.stage == "implemented"


def test_mp085_was_split_and_its_parts_went_on(journey):
    raised, split = date(2019, 9, 12), date(2021, 3, 22)
    journey.move("raise", raised)
    converted = date(2019, 10, 29)  # Not known: it was refined when it was split.
    journey.move("convert", converted, route="authority-determined")
    journey.move("split", split, by="csc")
    assert journey.state.stage == "split"

    parts = [Journey(CODE, CALENDAR, FRAMEWORKS) for _ in "AB"]
    for part in parts:
        part.move("begin-as-part", split, stage=journey.state.came_from)
        assert part.state.stage == "refine"
        assert "It is itself a part" in str(part.reasons("split", date(2021, 4, 1))[0])
    parts[0].move("request-pa", date(2021, 8, 1))
    assert "pa-requested" in parts[0].state.marks
    assert "pa-requested" not in parts[1].state.marks


def test_secmp0062_began_before_the_development_stage_and_went_live_in_two_parts(journey):
    raised, report = date(2018, 9, 27), date(2019, 7, 12)
    first, second = date(2020, 5, 6), date(2020, 11, 29)
    approved = date(2020, 3, 1)  # Not known: before its first part went live.
    journey.move("raise-early", raised)
    assert journey.state.stage == "initial"
    # Section D changed on 1 November 2018 while it was with the Panel: it is not stuck.
    journey.move("report-by-panel", report)
    journey.move("choose-route", report, by="panel", route="authority-determined")
    for fact in ("modification-report-consultation", "vote-counted"):
        journey.file(fact, report)
    journey.move("recommend-approve", report)
    journey.move("authority-send-back", report)  # It came back twice.
    journey.file("legal-text", report)
    journey.move("file-report", report)
    journey.move("go-to-report", date(2019, 9, 24))
    voted = date(2019, 10, 23)
    assert len(journey.reasons("recommend-approve", voted)) == 2, "the first vote still counts"
    for fact in ("modification-report-consultation", "vote-counted"):
        journey.file(fact, voted)
    journey.move("recommend-approve", voted)
    journey.move("authority-approve", approved)
    journey.file("in-release", approved)
    journey.move("implement-part", first)
    assert journey.state.stage == "release"
    assert "A part of it has not gone live" in str(journey.reasons("implement", second)[0])
    journey.file("all-parts-live", second)
    journey.move("implement", second)
    assert journey.state.stage == "implemented"
    assert journey.state.since == second


def test_a_state_is_the_same_told_again_from_its_events(journey):
    journey.move("raise", date(2021, 1, 4))
    journey.move("convert", date(2021, 1, 26), route="self-governance")
    journey.move("request-pa", date(2021, 2, 1))
    assert state_after(FRAMEWORKS, reversed(journey.events)) == journey.state


def test_with_a_code_manager_the_same_moves_are_its_own_by_data_alone():
    code = load_code("sec-code-manager")
    journey = Journey(code, CALENDAR, Frameworks(code))
    framework = journey.frameworks.on(date(2026, 6, 1))
    moves = ("convert", "go-to-report", "vote-approve", "panel-approve")
    assert {framework.body_of(framework.moves[each]) for each in moves} == {"code-manager"}

    journey.move("raise", date(2026, 6, 1))
    journey.facts = [Fact("problem-statement", date(2026, 6, 1))]
    journey.move("convert", date(2026, 6, 30), route="self-governance")
    assert waits_on(journey.state, framework, code=code, calendar=CALENDAR,
                    on=date(2026, 6, 30)) == ("code-manager",)  # fmt: skip
    journey.file("legal-text", date(2026, 7, 1))
    journey.move("file-report", date(2026, 7, 1))
    journey.move("go-to-report", date(2026, 7, 2))
    journey.file("modification-report-consultation", date(2026, 7, 23))
    journey.move("vote-approve", date(2026, 7, 24))
    assert journey.state.stage == "release"
    # The Panel's own code still asks for a vote that was counted.
    assert "vote-counted" in FRAMEWORKS.on(date(2026, 6, 1)).moves["vote-approve"].needs


def test_in_2026_nothing_is_refined_without_a_priority(journey):
    journey.move("raise", date(2026, 5, 20))
    framework = FRAMEWORKS.on(date(2026, 6, 30))
    assert "priority" in framework.moves["convert"].needs
    assert "priority" not in FRAMEWORKS.on(date(2026, 5, 28)).moves["convert"].needs


@pytest.mark.parametrize("clock", ["pa", "ia"])
def test_an_assessment_stands_still_while_a_query_is_open(journey, clock):
    journey.move("raise", date(2021, 1, 4))
    journey.move("convert", date(2021, 1, 26), route="self-governance")
    journey.move(f"request-{clock}", date(2021, 2, 1))
    assert "has not been asked" not in str(journey.reasons(f"return-{clock}", date(2021, 2, 1)))
    assert journey.reasons(f"return-{clock}", date(2021, 2, 1)), "returned before accepted"
    journey.move(f"accept-{clock}", date(2021, 2, 2))
    due = journey.deadline(clock, date(2021, 2, 2)).due_on
    journey.move(f"query-{clock}", date(2021, 2, 8))
    assert journey.deadline(clock, date(2021, 2, 10)).waits_on == ("administrator",)
    assert journey.deadline(clock, date(2021, 2, 10)).turned_on == date(2021, 2, 8)
    assert journey.deadline(clock, date(2021, 2, 10)).taken == 4
    journey.move(f"answer-{clock}", date(2021, 2, 11))
    later = journey.deadline(clock, date(2021, 2, 11))
    assert later.turned_on == date(2021, 2, 11)
    assert CALENDAR.count_working_days(due, later.due_on, inclusive=Ends.END) == 3
    journey.move(f"return-{clock}", later.due_on)
    assert not journey.deadline(clock, date(2022, 1, 4)).is_late(date(2022, 1, 4))
    assert journey.deadline(clock, date(2022, 1, 4)).taken == later.target


def test_nobody_is_waited_for_once_it_has_ended(journey):
    journey.move("raise", date(2021, 1, 4))
    journey.move("convert", date(2021, 1, 26), route="self-governance")
    journey.move("request-pa", date(2021, 2, 1))
    journey.move("accept-pa", date(2021, 2, 2))
    asked = {"code": CODE, "calendar": CALENDAR, "on": date(2021, 2, 3)}
    framework = FRAMEWORKS.on(date(2021, 2, 3))
    assert waits_on(journey.state, framework, **asked) == ("dcc",)
    journey.move("withdraw", date(2021, 2, 3))
    assert waits_on(journey.state, framework, **asked) == ()


def test_moves_of_other_routes_are_listed_only_while_the_route_can_be_changed(journey):
    everyone = frozenset(FRAMEWORKS.on(date(2021, 2, 1)).roles)
    told = {"roles": everyone, "on": date(2021, 2, 1), "today": date(2021, 2, 1)}

    def listed():
        framework = FRAMEWORKS.on(date(2021, 2, 1))
        return {each.move.key for each in openings(framework, journey.state, Asked(**told))}

    journey.move("raise", date(2021, 1, 4))
    journey.file("legal-text", date(2021, 1, 4))
    journey.move("file-report", date(2021, 1, 4))
    journey.move("convert-to-report", date(2021, 1, 5), route="self-governance")
    assert {"vote-approve", "recommend-approve"} <= listed()
    for fact in ("modification-report-consultation", "vote-counted"):
        journey.file(fact, date(2021, 1, 6))
    journey.move("vote-approve", date(2021, 1, 6))
    assert "implement" in listed()
    assert "revoke-designation" not in listed()
