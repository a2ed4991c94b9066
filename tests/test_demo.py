"""The demonstration's records: what is fact stays fact, what is fiction is plain to see."""

import csv
import json
import re
import socket
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from demo.fiction.days import first_of, weekdays
from demo.fiction.known_proposals import known_proposals
from demo.generate import FOLDER, generated_files
from engross.apps.accounts.models import User
from engross.apps.metrics.models import SeriesValue
from engross.apps.registers.commands import correct_entry, import_sheets
from engross.apps.registers.queries import values_of
from engross.apps.registers.registers import register_named
from engross.cli import main
from engross.cli.demo import sheets_of, take_in
from engross.core.refusals import Refused

pytestmark = pytest.mark.once

SEC, EXAMPLE = FOLDER / "sec", FOLDER / "example"
FILES = sorted(FOLDER.glob("*/*.csv"))
BASES = {"record", "derived", "imported", "fictional"}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_generated_files_are_those_the_generator_writes():
    stale = [
        str(path)
        for path, text in generated_files().items()
        if (FOLDER / path).read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `python -m demo.generate`"


def test_every_generated_file_is_one_that_is_still_generated():
    written = {str(path) for path in generated_files()}
    there = {
        str(path.relative_to(FOLDER))
        for path in FILES
        if path.parent == EXAMPLE or path.name.count(".") > 1
    }
    assert there == written


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_row_says_what_it_rests_on(path):
    bases = {row["basis"] for row in rows_of(path)}
    assert bases <= BASES
    if path.name.count(".") > 1:
        assert bases == {path.name.split(".")[1]}
    if path.parent == EXAMPLE:
        assert bases == {"fictional"}


def test_fictional_parties_and_proposals_are_plainly_so():
    parties = rows_of(SEC / "parties.fictional.csv")
    assert all(
        re.fullmatch(r"Fictional [A-Z][A-Za-z ]+ \d{3} Limited", row["legal_name"])
        for row in parties
    )
    proposals = rows_of(SEC / "proposals.fictional.csv")
    assert all(
        re.fullmatch(r"MP9\d\d", row["proposal"])
        and row["title"].startswith(f"Fictional modification {row['proposal'][2:]}: ")
        for row in proposals
    )


def test_real_proposals_stay_below_the_fillers_numbers():
    numbers = [row["proposal"] for row in rows_of(SEC / "proposals.csv")]
    assert not [number for number in numbers if re.match(r"(MP|DP)9\d\d", number)]


def test_what_is_derived_says_how():
    unexplained = [
        (path.name, row)
        for path in FILES
        if path.parent == SEC and path.name.count(".") == 1
        for row in rows_of(path)
        if row["basis"] == "derived" and "note" in row and not row["note"]
    ]
    assert unexplained == []


def test_an_acceptance_day_counted_back_gives_the_printed_length_again():
    printed = {
        (row["proposal"], row["kind"]): row for row in rows_of(SEC / "printed" / "durations.csv")
    }
    derived = rows_of(SEC / "assessments.derived.csv")
    assert len(derived) == len(printed)
    for row in derived:
        fact = printed[row["proposal"], row["kind"]]
        accepted, returned = map(date.fromisoformat, (row["accepted_on"], row["returned_on"]))
        assert row["returned_on"] == fact["returned_on"]
        assert weekdays(accepted, returned) == int(fact["printed_days"])


@pytest.mark.parametrize(
    ("end", "count", "start"),
    [
        (date(2021, 9, 30), 1, date(2021, 9, 30)),
        (date(2021, 9, 27), 2, date(2021, 9, 24)),
        (date(2021, 9, 26), 1, date(2021, 9, 24)),
    ],
)
def test_days_are_counted_back_over_a_weekend(end, count, start):
    assert first_of(end, count) == start
    assert weekdays(start, end) == count


def test_only_real_proposals_were_decided_in_september_2021():
    fillers = rows_of(SEC / "decisions.fictional.csv")
    assert not [row for row in fillers if row["decided_on"].startswith("2021-09")]


def test_the_proposal_in_no_charted_stage_is_a_real_one():
    stages = Counter(each.stage_on(date(2021, 9, 30)) for each in known_proposals(SEC))
    assert stages["awaiting-authority"] == 1
    assert stages["opine"] == 3


def test_the_effort_of_february_2018_adds_up_to_the_published_total():
    hundredths = [round(float(row["days"]) * 100) for row in rows_of(SEC / "effort.fictional.csv")]
    facts = json.loads((SEC / "printed/known-2018-02.json").read_text(encoding="utf-8"))["figures"]
    assert sum(hundredths) == round(facts["effort_days"] * 100)


@pytest.mark.corpus
def test_our_published_figures_are_the_sources(corpus):
    theirs = json.loads((corpus / "sec/2021-09/published.json").read_text(encoding="utf-8"))
    ours = json.loads((SEC / "printed/published-2021-09.json").read_text(encoding="utf-8"))
    assert ours["figures"] == theirs["figures"]


@pytest.mark.corpus
def test_our_assessments_are_the_sources(corpus):
    theirs = rows_of(corpus / "sec/2021-09/assessments.csv")
    underway = [
        (row["proposal"], row["kind"].lower(), row["accepted_on"], row["target_wd"])
        for row in theirs
        if not row["returned_on"]
    ]
    completed = [
        (
            row["proposal"],
            row["kind"].lower(),
            row["returned_on"],
            row["target_wd"],
            row["published_wd"],
        )
        for row in theirs
        if row["returned_on"]
    ]
    ours = [
        (row["proposal"], row["kind"], row["accepted_on"], row["target_working_days"])
        for row in rows_of(SEC / "assessments.csv")
    ]
    printed = [tuple(row.values()) for row in rows_of(SEC / "printed" / "durations.csv")]
    assert sorted(ours) == sorted(underway)
    assert sorted(printed) == sorted(completed)


@pytest.mark.corpus
def test_our_meetings_of_september_2021_are_the_sources(corpus):
    theirs = rows_of(corpus / "sec/2021-09/meetings.csv")
    ours = [
        (row["held_on"], row["title"])
        for row in rows_of(SEC / "meetings.csv")
        if row["held_on"].startswith("2021-09")
    ]
    assert sorted(ours) == sorted((row["held_on"], row["title"]) for row in theirs)


@pytest.mark.corpus
def test_our_real_proposals_have_the_sources_titles_and_days(corpus):
    ours = {row["proposal"][-4:]: row for row in rows_of(SEC / "proposals.csv")}
    for row in rows_of(corpus / "sec/proposals_real.csv"):
        mine = ours[row["proposal"][-4:]]
        assert mine["title"] == (row["title"] or "(title not known)")
        assert mine["raised_on"] == row["raised_on"]


@pytest.mark.parametrize("code", ["sec", "example"])
@pytest.mark.django_db
def test_the_records_are_taken_in_once(code, settings):
    settings.ENGROSS_CODE = code
    sheets = sheets_of(FOLDER / code)
    first = import_sheets(sheets, by=None, at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    again = import_sheets(sheets, by=None, at=datetime(2026, 1, 6, 9, tzinfo=UTC))
    assert sum(each.added for each in first) > 500
    assert not any(each.corrected for each in first)
    assert not any(each.added or each.corrected for each in again)


def test_an_unknown_demonstration_is_refused_with_those_there_are():
    outcome = CliRunner().invoke(main, ["demo", "--code", "nowhere", "--no-serve"])
    assert outcome.exit_code == 1
    assert "Choose example or sec or sec-code-manager" in outcome.stderr


def test_a_busy_port_is_refused_before_anything_is_made():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        outcome = CliRunner().invoke(main, ["demo", "--port", str(port)])
    assert outcome.exit_code == 1
    assert f"127.0.0.1:{port}" in outcome.stderr
    assert "PORT=8080" in outcome.stderr


@pytest.mark.django_db
def test_a_database_with_records_of_its_own_is_left_alone():
    sheets = [sheet for sheet in sheets_of(SEC) if sheet.file_name == "parties.csv"]
    import_sheets(sheets, by=None, at=datetime(2026, 1, 5, 9, tzinfo=UTC))
    with pytest.raises(Refused, match="ENGROSS_VAR"):
        take_in(SEC)


@pytest.mark.django_db
def test_a_correction_outlives_the_next_demonstration():
    take_in(SEC)
    register = register_named("monthly-series")
    row = SeriesValue.objects.get(series="newsletter-subscribers")
    values = values_of(register, row) | {"value": 802}
    by = User.objects.create(email="staff@example.org")
    correct_entry(register, row.entry, values, by=by, at=datetime.now(UTC), reason="Counted again")
    take_in(SEC)
    assert SeriesValue.objects.known_at(None).get(series="newsletter-subscribers").value == 802
