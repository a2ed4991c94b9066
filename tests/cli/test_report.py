"""`engross report`: a month nobody has seen, from templates to its paper; refusals; a kill."""

import csv
import json
import signal
import subprocess
import sys
from datetime import date

import pytest
from click.testing import CliRunner
from django.conf import settings

from engross.apps.registers.registers import all_registers
from engross.cli import main
from engross.core.dates.months import Month
from tests.support.deployment import Deployment, prepared_deployment

pytestmark = pytest.mark.once

FORMS = ("docx", "html", "json", "pdf")
SINCE = "2022-01-01"

# A month of the life of three Parties, with the day that only leap years have.
ROWS = {
    "kept-registers": [],
    "holiday-corrections": [
        {"day": "2024-02-27", "is_holiday": "yes", "name": "A special day", "announced_on": SINCE}
    ],
    "parties": [
        {"party": key, "legal_name": f"{key} Limited", "held_from": SINCE} for key in "ABC"
    ],
    "party-categories": [
        {"party": "A", "category": "large-suppliers", "held_from": "2024-02-29"},
        {"party": "B", "category": "small-suppliers", "held_from": SINCE},
        {"party": "C", "category": "small-suppliers", "held_from": SINCE},
    ],
    "voting-groups": [
        {"party": "A", "voting_group": "One", "held_from": "2024-02-29"},
        {"party": "B", "voting_group": "Two", "held_from": SINCE},
        {"party": "C", "voting_group": "Two", "held_from": SINCE},
    ],
    "party-events": [
        {"party": "A", "event": "acceded", "happened_on": "2024-02-29"},
        {"party": "B", "event": "default-declared", "happened_on": "2024-02-15"},
        {"party": "C", "event": "default-declared", "happened_on": "2024-03-01"},
    ],
    "market-entry": [{"party": "A", "process": "uep", "completed_on": "2024-02-29"}],
    "proposals": [
        {"proposal": "DP500", "title": "Raised on a leap day", "raised_on": "2024-02-29"},
        {"proposal": "MP501", "title": "Being assessed", "raised_on": "2024-01-10"},
        {"proposal": "MP502", "title": "Approved", "raised_on": "2023-06-01"},
        {"proposal": "MP503", "title": "Implemented", "raised_on": "2023-05-01"},
    ],
    "proposal-stages": [
        {"proposal": "DP500", "stage": "define", "moved_on": "2024-02-29"},
        {"proposal": "MP501", "stage": "refine", "moved_on": "2024-01-10"},
        {"proposal": "MP502", "stage": "refine", "moved_on": "2023-06-01"},
        {"proposal": "MP502", "stage": "release", "moved_on": "2024-02-20"},
        {"proposal": "MP503", "stage": "release", "moved_on": "2023-09-01"},
        {"proposal": "MP503", "stage": "implemented", "moved_on": "2024-02-29"},
    ],
    "proposal-holds": [{"proposal": "MP501", "held_from": "2024-02-28"}],
    "assessments": [
        {"proposal": "MP501", "kind": "pa", "accepted_on": "2024-02-26",
         "target_working_days": "15", "convention": "weekdays-inclusive"},
        {"proposal": "MP502", "kind": "ia", "accepted_on": "2024-02-05",
         "returned_on": "2024-02-29", "target_working_days": "40",
         "convention": "weekdays-inclusive"},
    ],
    "decisions": [
        {"proposal": "MP502", "body": "change-board", "decided_on": "2024-02-20",
         "outcome": "approved"},
    ],
    "proposal-impacts": [
        {"proposal": "MP501", "kind": "party-category", "affected": "large-suppliers"}
    ],
    "proposal-links": [{"proposal": "MP501", "relation": "related", "other": "MP502"}],
    "code-versions": [{"version": "70.10", "effective_on": "2024-02-29", "cause": "modification"}],
    "releases": [
        {"release": "February 2024", "kind": "scheduled", "released_on": "2024-02-29"}
    ],
    "proposal-tranches": [
        {"proposal": "MP503", "state": "done", "release": "February 2024", "version": "70.10",
         "implemented_on": "2024-02-29"},
    ],
    "meetings": [
        {"meeting": "SECP_120", "body": "panel", "number": "120", "title": "Panel",
         "held_on": "2024-02-16"},
        {"meeting": "CB_90", "body": "change-board", "number": "90", "title": "Change Board",
         "held_on": "2024-02-29"},
        {"meeting": "CB_91", "body": "change-board", "number": "91", "title": "Change Board",
         "held_on": "2024-03-01"},
    ],
    "papers": [
        {"reference": "SECP_120_1503_01", "meeting": "SECP_120", "title": "Operations Report",
         "paper_class": "white", "report": "operations-report", "month": "2024-02"},
    ],
    "product-lists": [
        {"product_list": "cpl", "version": "400", "published_on": "2024-02-29"},
    ],
    "device-assurance": [
        {"reference": "D1", "device_type": "esme", "devices": "2", "assured_on": SINCE},
        {"reference": "D2", "device_type": "gsme", "devices": "3", "assured_on": "2024-02-29"},
        {"reference": "D3", "device_type": "gsme", "devices": "4", "assured_on": "2024-03-01"},
    ],
    "helpdesk-contacts": [
        {"reference": f"H{day}", "received_on": f"2024-02-{day}", "channel": "phone"}
        for day in ("01", "14", "29")
    ],
    "monthly-series": [
        {"series": "website-visits", "month": "2024-02", "value": "5000"},
        {"series": "codeworks-users", "month": "2024-02", "value": "17", "part": "large-suppliers"},
    ],
    "newsletter-issues": [
        {"issued_on": "2024-02-29", "title": "February", "subscribers": "900", "views": "60"},
        {"issued_on": "2024-01-31", "title": "January", "subscribers": "800", "views": "40"},
    ],
    "effort": [
        {"month": "2024-02", "effort_group": "core", "driver": "knowledge", "team": "core",
         "days": days, "grade": ""} for days in ("3.75",)
    ],
    "highlights": [
        {"paper": "operations-report", "month": "2024-02", "section": "party-engagement",
         "position": "1", "text": "The leap day was used well."},
    ],
}  # fmt: skip

# What the rows above come to, counted by hand.
TRUE = {
    "parties": 3,
    "voting_groups": 2,
    "parties_in_default_declared_in_month": 1,
    "parties_completed_uep": 1,
    "network_and_supplier_parties_without_uep": 2,
    "proposals_open": 2,
    # Approved in the month, and in September.
    "proposals_concluded_12_months": 2,
    "proposals_raised_in_month": 1,
    "proposals_approved_in_month": 1,
    "proposals_implemented_in_month": 1,
    # 26 to 29 February, both counted.
    "pa_open.total": 1,
    "pa_open.average_wd": 4,
    "pa_completed_12_months.total": 0,
    "ia_completed_12_months.total": 1,
    # 5 to 29 February, both counted: four weeks but a day.
    "ia_completed_12_months.average_wd": 19,
    "meetings_facilitated": 2,
    "newsletter_subscribers": 900,
    "newsletter_views_last_two": 100,
    "helpdesk_phone_queries": 3,
    "codeworks_users": 17,
    "smda_dar_devices": 5,
}


# Registers of the change process and of other codes: no figure of the month is counted from them.
EMPTY = {
    "agenda-items", "alternative-proposals", "applicability-decisions", "cross-code-changes",
    "cross-code-groups", "cross-code-members", "cross-code-reviews", "industry-consultations",
    "priority-determinations", "proposal-costs", "proposal-documents", "proposal-objectives",
    "proposal-solutions", "release-scopes", "seat-holdings",
}  # fmt: skip


def engross(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def filled(folder) -> None:
    """Fill in the templates in a folder, each with its rows."""
    kept = [each.name for each in all_registers()] + [
        f"monthly-series/{each['series']}" for each in ROWS["monthly-series"]
    ]
    rows = ROWS | {"kept-registers": [{"register": each, "held_from": SINCE} for each in kept]}
    for path in folder.iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            (header,) = csv.reader(file)
        assert path.stem in EMPTY or rows[path.stem], path.stem
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writerows(rows.get(path.stem, ()))


@pytest.fixture
def february(db, tmp_path):
    """Take February 2024 in, from templates to registers, by the commands alone."""
    assert settings.ENGROSS_CODE == "sec"
    folder = tmp_path / "records"
    made = engross("template", "--all", folder, "--format", "csv")
    assert made.exit_code == 0, made.output
    assert {path.stem for path in folder.iterdir()} == set(ROWS) | EMPTY
    filled(folder)
    taken = engross("import", folder, "--json")
    assert taken.exit_code == 0, taken.output


def published(path, figures):
    path.write_text(json.dumps({"figures": figures}), encoding="utf-8")
    return path


class TestAMonthNeverSeen:
    def test_every_wrong_published_figure_is_named_and_no_right_one(self, february, tmp_path):
        wrong = {key: value + 1 for key, value in TRUE.items()}
        right = {"proposals_split_in_month": 0, "effort_days": 3.75}
        file = published(tmp_path / "published.json", wrong | right | {"nobody_knows": 1})
        told = engross(
            "report", "operations-report", "2024-02", "--out", tmp_path / "out", "--published", file
        )
        assert told.exit_code == 0, told.output
        lines = told.output.splitlines()
        for key, value in TRUE.items():
            expected = f"differs: {key}: ours {value}, published {value + 1}"
            assert expected in lines, f"{expected}\n{told.output}"
        named = [line.split(":")[1].strip() for line in lines if line.startswith("differs")]
        assert sorted(named) == sorted(wrong)
        assert f"published figures: 2 of {len(wrong) + 2} agree" in lines
        assert "not ours to answer: nobody_knows" in lines

    def test_the_files_say_the_totals_and_the_words(self, february, tmp_path):
        done = engross("report", "operations-report", "2024-02", "--out", tmp_path / "out")
        assert done.exit_code == 0, done.output
        names = {path.name for path in (tmp_path / "out").iterdir()}
        assert {f"report.{form}" for form in FORMS} <= names
        content = json.loads((tmp_path / "out" / "report.json").read_text())
        assert content["figures"]["parties.total"]["value"] == TRUE["parties"]
        assert content["head"]["reference"] == "SECP_120_1503_01"
        html = (tmp_path / "out" / "report.html").read_text()
        assert "The leap day was used well." in html

    def test_a_holiday_that_staff_added_is_no_working_day(self, february):
        from engross.apps.reports.queries import asking_for

        asking = asking_for(Month(2024, 2), on=date(2024, 3, 8))
        underway = asking.figure("assessments.pa.open.average_working_days")
        assert underway.value == 4
        assert list(underway.alternatives.values()) == [3]


class TestRefusing:
    def test_a_month_to_come(self, db, tmp_path):
        told = engross("report", "operations-report", "2199-01", "--out", tmp_path / "out")
        assert told.exit_code == 1
        assert "has not begun" in told.output
        assert not (tmp_path / "out").exists()

    def test_an_unknown_paper_with_the_nearest(self, db, tmp_path):
        told = engross("report", "operation-report", "2021-09", "--out", tmp_path / "out")
        assert told.exit_code == 1
        assert "operations-report" in told.output

    @pytest.mark.parametrize("month", ["2021-13", "september", "2021", "2021-9-1", ""])
    def test_what_is_no_month(self, db, month):
        assert engross("report", "operations-report", month).exit_code == 2

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ("no JSON", "is no JSON"),
            ("\xff", "is no JSON"),
            ("[]", "holds no published figures"),
            ('{"figures": 7}', "holds no published figures"),
        ],
    )
    def test_published_figures_that_cannot_be_read(self, db, tmp_path, content, says):
        file = tmp_path / "published.json"
        file.write_bytes(content.encode("latin-1"))
        out = tmp_path / "out"
        told = engross("report", "operations-report", "2021-09", "--published", file, "--out", out)
        assert told.exit_code == 1
        assert says in told.output
        assert not out.exists()

    def test_an_unknown_code_names_those_there_are(self, tmp_path):
        told = Deployment(tmp_path, "no-code").run("report", "operations-report", "2021-09")
        assert told.returncode == 1
        assert "no-code" in told.stderr
        assert "Traceback" not in told.stderr


# Stands in for a program that is killed when its second file is half written.
KILLED = """
import os, signal
from engross.adapters.papers import rendering
written = []
def fsync(number):
    written.append(number)
    if len(written) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
rendering.os.fsync = fsync
from engross.cli import main
from engross.core.dates.months import Month
main()
"""


def test_a_report_that_is_killed_leaves_the_one_before(tmp_path):
    var, out = tmp_path / "var", tmp_path / "out"
    out.mkdir()
    before = {f"report.{form}": f"the {form} of last month".encode() for form in FORMS}
    for name, content in before.items():
        (out / name).write_bytes(content)
    deployment = prepared_deployment(var)
    command = [sys.executable, "-c", KILLED, "report", "operations-report", "2021-09", "--out", out]
    killed = subprocess.run(
        list(map(str, command)),
        env=deployment.environment,
        cwd=var,
        capture_output=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    left = {each.name: each.read_bytes() for each in out.iterdir() if each.suffix}
    assert {name: left[name] for name in before} == before
    assert not [name for name in left if name not in before and not name.startswith(".unfinished-")]

    deployment.must("report", "operations-report", "2021-09", "--out", out)
    assert all((out / name).read_bytes() != content for name, content in before.items())
