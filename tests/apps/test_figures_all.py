"""All figures together: which there are, how many queries they take, and no code's own words."""

import re
from datetime import date
from pathlib import Path

import pytest

from engross.adapters.code_folder import load_code
from engross.apps.registers.queries import active_code
from engross.apps.reports.queries import all_figures
from engross.core.reports.checks import CHECKS, Verdict, run_checks
from engross.core.reports.figures import FIGURES
from tests import factories

APPS = Path(__file__).resolve().parents[2] / "src" / "engross" / "apps"
CHECK_NAMES = {
    "assessments.working_days_convention",
    "effort.rounding",
    "helpdesk.topics_add_up",
    "meetings.rows_equal_count",
    "parties.voting_groups.add_up",
    "proposals.open_equals_stages",
}


def fill(first):
    """Record a few rows in most registers; twice so many more with another `first`."""
    for number in range(first, first + 6):
        key = f"MP{number}"
        factories.party(f"P{number}", category="small-suppliers", group=f"G{number}")
        factories.party_event(f"P{number}", "acceded", "2021-09-02")
        factories.market_entry(f"P{number}", "uep", "2021-09-20", role="gas-supplier")
        factories.proposal(key, raised_on="2021-01-04", moves=[("refine", "2021-09-01")])
        factories.assessment(key, "pa", accepted_on="2021-09-01")
        factories.decision(key, "progressed-refinement", "2021-09-01", body="csc")
        factories.meeting(f"SSC_{number}", "ssc", "2021-09-08")
        factories.meeting(f"SECP_{number}", "panel", "2021-09-17")
        factories.publication("cpl", f"{number}", "2021-09-14")
        factories.contact(f"H{number}", "2021-09-02", topic="other")
        factories.release(f"R{number}", date(2022, 1, 1 + number % 28))
        factories.tranche(key, state="proposed", release=f"R{number}")


KEPT = (
    "parties", "party-categories", "voting-groups", "party-events", "market-entry", "proposals",
    "proposal-stages", "assessments", "decisions", "meetings", "product-lists",
    "helpdesk-contacts", "releases", "proposal-tranches", "code-versions", "device-assurance",
    "effort", "newsletter-issues",
)  # fmt: skip


@pytest.mark.django_db
def test_six_times_the_records_take_no_more_queries(django_assert_max_num_queries):
    factories.keep(*KEPT)
    fill(100)
    with django_assert_max_num_queries(40) as few:
        found = all_figures(factories.ask("2021-09"))
    for first in range(200, 700, 100):
        fill(first)
    with django_assert_max_num_queries(40) as many:
        all_figures(factories.ask("2021-09"))

    assert found["proposals.open"].value == 6
    assert len(many.captured_queries) == len(few.captured_queries)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(FIGURES.specs(load_code("sec"))))
def test_no_figure_takes_more_than_a_few_queries(name, django_assert_max_num_queries):
    factories.keep(*KEPT)
    with django_assert_max_num_queries(28 if name.startswith("overview") else 9):
        factories.ask("2021-09").figure(name)


@pytest.mark.django_db
def test_with_nothing_kept_every_figure_of_records_is_without_and_no_check_disagrees():
    asking = factories.ask("2021-09")

    known = [name for name, each in all_figures(asking).items() if each.is_known]

    assert known == ["effort.products"]  # the code's own list
    assert set(CHECKS.titles) >= CHECK_NAMES
    verdicts = {each.verdict for each in run_checks(asking, CHECK_NAMES)}
    assert verdicts == {Verdict.NO_RECORDS}


@pytest.mark.django_db
def test_every_figure_of_empty_kept_registers_is_known_but_for_those_of_series():
    factories.keep(*KEPT)

    found = all_figures(factories.ask("2021-09"))

    unknown = {name for name, each in found.items() if not each.is_known}
    assert unknown == {
        "codeworks.users.by_category",
        "codeworks.users.total",
        "meetings.main_body.last",
        "newsletter.subscribers",
        "newsletter.views.last_two",
        "website.by_month",
        "website.page_views.in_month",
        "website.top_pages",
        "website.visits.in_month",
    }


@pytest.mark.parametrize("key", ["sec", "example"])
def test_each_code_has_figures_for_its_own_processes_and_kinds_of_assessment(key):
    code = load_code(key)
    names = set(FIGURES.specs(code))

    processes = [each.key for each in code.options("market_entry_processes")]
    kinds = [each.key for each in code.options("assessment_kinds")]
    assert {f"parties.{each}.completed" for each in processes} <= names
    assert {f"assessments.{each}.open.total" for each in kinds} <= names
    assert ("parties.uep.completed" in names) is (key == "sec")


def test_no_figure_names_a_key_of_the_code_in_python():
    lists = (
        "party_categories", "market_entry_processes", "proposal_stages", "bodies", "series",
        "assessment_kinds", "product_lists", "helpdesk_topics", "user_roles",
    )  # fmt: skip
    keys = {option.key for name in lists for option in active_code().options(name)}
    # Words that the platform itself counts by, or names a column by.
    keys -= {"rejected", "withdrawn", "implemented", "split", "release"}
    sources = [*APPS.glob("*/figures.py"), *APPS.glob("*/figures/*.py")]

    assert len(sources) > 12
    for source in sources:
        quoted = set(re.findall(r'"([a-z0-9-]+)"', source.read_text(encoding="utf-8")))
        assert not quoted & keys, f"{source.name}: {sorted(quoted & keys)}"
