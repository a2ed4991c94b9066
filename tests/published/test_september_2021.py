"""The figures of September 2021, computed from the demonstration's records.

What was published stands in demo/sec/printed/published-2021-09.json; nothing of it stands here.
"""

import json

import pytest
from django.db import transaction

from engross.cli.demo import REPOSITORY
from engross.core.reports.checks import CHECKS

PUBLISHED = json.loads(
    (REPOSITORY / "demo" / "sec" / "printed" / "published-2021-09.json").read_text(encoding="utf-8")
)["figures"]
# What each published key is called here; a dot leads into a published group.
NAMES = {
    "parties": "parties.total",
    "voting_groups": "parties.voting_groups.total",
    "parties_in_default_declared_in_month": "parties.defaults_declared.in_month",
    "parties_completed_uep": "parties.uep.completed",
    "network_and_supplier_parties_without_uep": "parties.uep.networks_and_suppliers_without",
    "proposals_open": "proposals.open",
    "proposals_open_average_wd": "proposals.open.average_working_days",
    "proposals_concluded_12_months": "proposals.concluded.last_12_months",
    "proposals_concluded_average_wd": "proposals.concluded.average_working_days",
    "proposals_raised_in_month": "proposals.raised.in_month",
    "proposals_split_in_month": "proposals.split.in_month",
    "proposals_approved_in_month": "proposals.approved.in_month",
    "proposals_implemented_in_month": "proposals.implemented.in_month",
    "pa_open.total": "assessments.pa.open.total",
    "pa_open.average_wd": "assessments.pa.open.average_working_days",
    "pa_completed_12_months.total": "assessments.pa.completed.total",
    "pa_completed_12_months.average_wd": "assessments.pa.completed.average_working_days",
    "ia_open.total": "assessments.ia.open.total",
    "ia_open.average_wd": "assessments.ia.open.average_working_days",
    "ia_completed_12_months.total": "assessments.ia.completed.total",
    "ia_completed_12_months.average_wd": "assessments.ia.completed.average_working_days",
    "meetings_facilitated": "meetings.held.in_month",
    "newsletter_subscribers": "newsletter.subscribers",
    "newsletter_views_last_two": "newsletter.views.last_two",
    "helpdesk_phone_queries": "helpdesk.calls.in_month",
    "website_page_visits_at_least": "website.visits.in_month",
    "codeworks_users": "codeworks.users.total",
    "smda_dar_devices": "device_assurance.devices.total",
}
# Tables: the figure, and the columns that name and hold what was published.
TABLES = {
    "voting_groups_by_category": ("parties.voting_groups.by_category", "category", "voting_groups"),
    "proposals_by_stage": ("proposals.by_stage", "stage", "proposals"),
}
LISTS = {"website_top_pages": ("website.top_pages", "page")}


@pytest.fixture(scope="module")
def september(ask):
    return ask("2021-09")


def published(key):
    found = PUBLISHED
    for part in key.split("."):
        found = found[part]
    return found


def test_every_published_figure_is_compared():
    groups = {key.split(".")[0] for key in NAMES}
    assert groups | set(TABLES) | set(LISTS) == set(PUBLISHED)


@pytest.mark.parametrize("key", NAMES)
def test_a_published_number_comes_out_again(key, september):
    assert september.figure(NAMES[key]).value == published(key)


@pytest.mark.parametrize("key", TABLES)
def test_a_published_breakdown_comes_out_again(key, september):
    name, label, number = TABLES[key]
    figure = september.figure(name)
    ours = dict(zip(figure.rows.cells(label), figure.rows.cells(number), strict=True))
    assert ours == published(key)


@pytest.mark.parametrize("key", LISTS)
def test_a_published_order_comes_out_again(key, september):
    name, label = LISTS[key]
    assert list(september.figure(name).rows.cells(label)) == published(key)


def test_assessments_underway_are_counted_as_published_and_in_true_working_days(september):
    figure = september.figure("assessments.underway")
    both = zip(
        figure.rows.cells("proposal"),
        figure.rows.cells("current_working_days"),
        figure.rows.cells("true_working_days"),
        strict=True,
    )
    assert {proposal: counts for proposal, *counts in both} == {
        "MP078": [104, 102],
        "MP140": [66, 65],
        "MP141": [66, 65],
        "MP134B": [32, 31],
        "MP143": [14, 14],
        "MP166": [11, 11],
    }


def test_the_proposal_that_the_chart_leaves_out_is_named(september):
    result = CHECKS.run("proposals.open_equals_stages", september)
    assert not result.ok
    assert "MP134A" in f"{result.statement} {result.details}"


def test_what_the_paper_only_drew_says_that_it_is_fictional(september):
    for name in (
        "helpdesk.emails.by_month",
        "helpdesk.emails.by_topic",
        "codeworks.users.by_category",
        "product_lists.versions.by_month",
        "parties.events.by_month",
        "proposals.process.by_month",
    ):
        assert "fictional" in september.figure(name).bases, name


def test_a_month_in_which_nothing_was_kept_has_no_records(ask):
    october = ask("2021-10")
    assert {str(october.figure(name).state) for name in NAMES.values()} == {"no records"}


def test_a_deleted_row_moves_its_figure(ask):
    from engross.apps.parties.models import CategorySpell

    before = ask("2021-09").figure("parties.total").value
    with transaction.atomic():
        CategorySpell.objects.filter(held_until=None, basis="fictional").first().delete()
        after = ask("2021-09").figure("parties.total").value
        transaction.set_rollback(True)
    assert after == before - 1
