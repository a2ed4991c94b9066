"""`engross workdays` as a person or a script meets it, and what every command keeps to."""

import json
import os
import subprocess
import sys
from datetime import date

import click
import pytest
from click.testing import CliRunner

from engross.cli import COMMANDS, Lazy, LazyGroup, main
from engross.cli.arguments import DAY, MONTH, PERIOD
from engross.core.dates.months import Month
from engross.core.refusals import Reason, Refused
from tests.support.deployment import Deployment, prepared_deployment

pytestmark = pytest.mark.once

SUMMER = ("count", "2021-05-10", "2021-09-30")
COMMANDS_OF_WORKDAYS = ("is", "add", "count", "next", "list")


NO_DATABASE = {"ENGROSS_CODE": "sec", "ENGROSS_VAR": "/nowhere", "DATABASE_URL": None}


def run(*arguments, env=None):
    return CliRunner().invoke(main, ["workdays", *arguments], env=NO_DATABASE | (env or {}))


def printed(*arguments):
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def test_the_summer_of_2021_is_counted_as_the_papers_should_have_counted():
    assert printed(*SUMMER, "--inclusive") == "102"
    assert printed(*SUMMER, "--inclusive", "--weekdays-only") == "104"
    assert printed(*SUMMER, "--inclusive", "--nation", "northern-ireland") == "101"
    assert printed(*SUMMER) == "101"


def test_a_week_of_august_differs_between_england_and_scotland():
    week = ("count", "2021-08-02", "2021-08-06", "--inclusive")
    assert printed(*week, "--nation", "england") == "5"
    assert printed(*week, "--nation", "scotland") == "4"


def test_a_day_off_comes_with_its_reason():
    assert printed("is", "2021-09-30") == "yes"
    assert printed("is", "2023-05-08") == "no (Coronation of Charles III)"
    assert printed("is", "2021-10-02") == "no (weekend)"
    assert printed("is", "2023-05-08", "--weekdays-only") == "yes"


def test_days_are_added_forwards_and_back():
    assert printed("add", "2021-12-24", "1") == "2021-12-29"
    assert printed("add", "2021-12-24", "1", "--weekdays-only") == "2021-12-27"
    assert printed("add", "2021-12-29", "1", "--back") == "2021-12-24"


def test_the_next_and_the_previous_working_day_are_found():
    assert printed("next", "2021-12-24") == "2021-12-29"
    assert printed("next", "2021-12-24", "--or-same") == "2021-12-24"
    assert printed("next", "2022-01-01", "--back") == "2021-12-31"


def test_a_list_covers_a_day_a_month_a_year_or_a_span():
    assert printed("list", "2021-09-30") == "2021-09-30"
    assert len(printed("list", "2021-09").splitlines()) == 22
    assert len(printed("list", "2021").splitlines()) == 253
    assert printed("list", "2021-09-30", "2021-10-04").splitlines() == [
        "2021-09-30",
        "2021-10-01",
        "2021-10-04",
    ]
    assert printed("list", "2021-10-02") == "none"


def test_holidays_are_listed_by_name():
    lines = printed("list", "2021-08", "--holidays").splitlines()
    assert lines == ["2021-08-30 Late Summer Bank Holiday"]
    assert printed("list", "2021-09", "--holidays") == "none"


def test_other_countries_and_their_subdivisions_can_be_asked():
    corpus_christi = "2021-06-03"
    assert printed("is", corpus_christi, "--country", "DE-BE") == "yes"
    assert printed("is", corpus_christi, "--country", "DE-BY").startswith("no")
    assert printed("is", corpus_christi, "--country", "DE", "--nation", "BY").startswith("no")


def test_a_machine_gets_the_answer_and_the_calendar_it_rests_on():
    answer = json.loads(printed(*SUMMER, "--inclusive", "--json"))
    assert answer.pop("calendar_version").startswith("GB-england-and-wales:")
    assert answer == {
        "country": "GB",
        "nation": "england-and-wales",
        "weekdays_only": False,
        "corrections": 0,
        "start": "2021-05-10",
        "end": "2021-09-30",
        "inclusive": "both",
        "working_days": 102,
    }


@pytest.mark.parametrize(
    ("arguments", "key", "expected"),
    [
        (("is", "2023-05-08"), "is_working_day", False),
        (("add", "2021-12-24", "1"), "day", "2021-12-29"),
        (("next", "2021-12-24"), "day", "2021-12-29"),
        (("list", "2021-09-30", "2021-10-03"), "working_days", ["2021-09-30", "2021-10-01"]),
    ],
)
def test_every_answer_can_be_had_as_json(arguments, key, expected):
    assert json.loads(printed(*arguments, "--json"))[key] == expected


def test_without_a_place_the_calendar_of_the_active_code_answers():
    result = run(*SUMMER, env={"ENGROSS_CODE": "no-such-code"})
    assert result.exit_code == 1
    assert "no-such-code" in result.stderr
    assert "--nation" in result.stderr
    unmoved = run(*SUMMER, "--nation", "scotland", env={"ENGROSS_CODE": "no-such-code"})
    assert unmoved.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("count", "2021-09-30", "2021-05-10"), "before it starts"),
        (("is", "2200-01-01"), "outside the calendar"),
        (("is", "2021-09-30", "--nation", "narnia"), "scotland"),
        (("is", "2021-09-30", "--country", "XX"), "No holidays are known"),
        (("list", "2021-09", "2021-08"), "before it starts"),
    ],
)
def test_a_refusal_exits_with_1_and_says_on_standard_error_what_to_do(arguments, said):
    result = run(*arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("count", "2021-05-10"),
        ("count", "10/05/2021", "2021-09-30"),
        ("is", "20210930"),
        ("is", "2021-02-29"),
        ("add", "2021-09-30", "-1"),
        ("add", "2021-09-30", "many"),
        ("list", "2021-13"),
        ("list", "0000"),
        ("is", "2021-09-30", "--moon"),
        ("subtract",),
    ],
)
def test_wrong_use_exits_with_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage" in result.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("command", COMMANDS_OF_WORKDAYS)
def test_every_command_shows_an_example_that_works(command):
    text = printed(command, "--help")
    examples = [line.split() for line in text.splitlines() if line.strip().startswith("engross ")]
    assert examples
    for example in examples:
        result = CliRunner().invoke(main, example[1:], env={"ENGROSS_CODE": "sec"})
        assert result.exit_code == 0, result.output


def test_days_months_and_periods_are_read_as_they_are_written():
    assert DAY.convert("2021-09-30", None, None) == date(2021, 9, 30)
    assert MONTH.convert("2021-09", None, None) == Month(2021, 9)
    assert PERIOD.convert("2024-02", None, None) == (date(2024, 2, 1), date(2024, 2, 29))
    with pytest.raises(click.BadParameter, match="2021-09"):
        MONTH.convert("September", None, None)


# What holds for every command


def test_all_reasons_of_a_refusal_reach_standard_error():
    @click.command()
    def refuse():
        raise Refused([Reason("The first is wrong", "Mend it"), Reason("So is the second", "Too")])

    group = LazyGroup("engross", commands={"refuse": refuse}, lazy={})
    result = CliRunner().invoke(group, ["refuse"])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == ["The first is wrong. Mend it.", "So is the second. Too."]


def test_what_is_no_refusal_is_not_swallowed():
    @click.command()
    def crash():
        raise RuntimeError("seen")

    result = CliRunner().invoke(LazyGroup("engross", commands={"crash": crash}, lazy={}), ["crash"])
    assert isinstance(result.exception, RuntimeError)


def test_help_lists_every_command_without_importing_it():
    absent = {"elsewhere": Lazy("no.such.module:command", "Is not imported for help.")}
    result = CliRunner().invoke(LazyGroup("engross", lazy=absent), ["--help"])
    assert result.exit_code == 0
    assert "elsewhere  Is not imported for help." in result.stdout


def test_help_loads_nothing_slow():
    code = (
        "import sys; from engross.cli import main; main(['--help'], standalone_mode=False);"
        "slow = {'django', 'rich', 'numpy', 'holidays', 'engross.cli.workdays'};"
        "sys.exit(', '.join(slow & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr.strip() == ""
    assert "workdays" in ran.stdout


def test_every_command_in_the_table_can_be_imported():
    context = click.Context(main)
    assert all(main.get_command(context, name) is not None for name in COMMANDS)
    assert main.get_command(context, "no-such-command") is None


def test_the_module_can_be_run_and_tells_its_version():
    ran = subprocess.run(
        [sys.executable, "-m", "engross", "--version"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.startswith("engross ")


def test_what_staff_have_corrected_counts_where_there_is_a_database(tmp_path):
    sheet = tmp_path / "holiday-corrections.csv"
    sheet.write_text(
        "nation,day,is_holiday,name,announced_on\n,2024-09-18,yes,A day of mourning,2024-09-10\n"
    )
    week = ("workdays", "count", "2024-09-16", "2024-09-20", "--inclusive")

    without = Deployment(tmp_path, "sec")
    assert without.must(*week) == "5\n"
    assert not without.database.exists()

    told = prepared_deployment(tmp_path, "sec").must_each(
        ("import", sheet),
        week,
        (*week, "--no-corrections"),
        (*week, "--nation", "scotland"),
        (*week, "--country", "IE"),
    )
    assert told[1:] == ["4\n", "5\n", "5\n", "5\n"]


def test_without_corrections_no_framework_is_loaded():
    code = (
        "import sys; from click.testing import CliRunner; from engross.cli import main;"
        "ran = CliRunner().invoke(main, ['workdays', 'next', '2021-12-24']);"
        "assert ran.exit_code == 0, ran.output; print('django' in sys.modules)"
    )
    kept = os.environ | {"ENGROSS_VAR": "/nowhere"}
    kept.pop("DATABASE_URL", None)
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=kept
    )
    assert ran.stdout.strip() == "False"
