"""Figures of helpdesk, newsletter, website, product lists, assurance and effort."""

from decimal import Decimal

import pytest

from engross.core.reports.checks import CHECKS, Verdict
from tests import factories

pytestmark = pytest.mark.django_db


def keep_series(*keys, since="2020-10-01"):
    factories.keep(*(f"monthly-series/{key}" for key in keys), since=since)


def test_the_helpdesks_records_serve_where_they_are_kept_and_the_series_elsewhere():
    factories.keep("helpdesk-contacts", since="2021-09-01")
    keep_series("helpdesk-emails", "helpdesk-calls")
    factories.series("helpdesk-emails", "2021-08", 140)
    factories.series("helpdesk-emails", "2021-09", 999)
    factories.contact("H1", "2021-09-01", topic="other")
    factories.contact("H2", "2021-09-30", channel="form")
    factories.contact("H3", "2021-09-30", channel="phone")

    september, august = factories.ask("2021-09"), factories.ask("2021-08")

    assert september.value("helpdesk.emails.in_month") == 2
    assert september.figure("helpdesk.emails.in_month").bases == {"record"}
    assert september.value("helpdesk.calls.in_month") == 1
    assert august.value("helpdesk.emails.in_month") == 140
    assert august.figure("helpdesk.emails.in_month").bases == {"imported"}
    # Kept, but nobody brought a total in: that is not nought.
    assert not august.figure("helpdesk.calls.in_month").is_known
    emails = september.rows("helpdesk.emails.by_month").cells("emails")
    assert emails == (*[None] * 10, 140, 2)
    assert september.figure("helpdesk.emails.by_month").bases == {"record", "imported"}


def test_an_empty_month_of_a_kept_helpdesk_is_nought():
    factories.keep("helpdesk-contacts", since="2021-09-01")

    asking = factories.ask("2021-09")

    assert asking.value("helpdesk.emails.in_month") == 0
    assert asking.rows("helpdesk.emails.by_topic").total[-1] == 0
    assert not factories.ask("2021-08").figure("helpdesk.emails.by_topic").is_known


def test_topics_of_records_add_up_even_where_one_has_none():
    factories.keep("helpdesk-contacts", since="2021-09-01")
    factories.contact("H1", "2021-09-01", topic="other")
    factories.contact("H2", "2021-09-02")
    factories.contact("H3", "2021-09-02", channel="phone", topic="other")

    asking = factories.ask("2021-09")
    topics = asking.rows("helpdesk.emails.by_topic").by("topic", "emails")

    assert (topics["Other"], topics["No topic recorded"], topics["Applications"]) == (1, 1, 0)
    assert CHECKS.run("helpdesk.topics_add_up", asking).verdict is Verdict.AGREES


def test_imported_topics_that_miss_their_total_are_told():
    keep_series("helpdesk-emails", "helpdesk-emails-by-topic")
    factories.series("helpdesk-emails", "2021-09", 10)
    factories.series("helpdesk-emails-by-topic", "2021-09", 4, part="Applications")
    factories.series("helpdesk-emails-by-topic", "2021-09", 5, part="other")
    factories.series("helpdesk-emails-by-topic", "2021-08", 2, part="other")

    asking = factories.ask("2021-09")
    check = CHECKS.run("helpdesk.topics_add_up", asking)
    table = asking.rows("helpdesk.emails.by_topic_and_month")

    assert check.verdict is Verdict.DISAGREES
    assert check.statement == (
        "The parts of helpdesk.emails.by_topic: 9; helpdesk.emails.in_month: 10"
    )
    assert table.names[-3:] == ("2021-08", "2021-09", "total")
    assert table.by("topic", "total")["Other"] == 7
    assert table.total[-3:] == (2, 9, 11)


def test_the_newsletters_last_issues_are_those_by_the_end_of_the_month():
    factories.keep("newsletter-issues", since="2021-01-01")
    for day, subscribers, views in [
        ("2021-08-05", 700, 100),
        ("2021-09-02", 790, 160),
        ("2021-09-30", None, 180),
        ("2021-10-01", 900, 999),
    ]:
        factories.issue(day, subscribers=subscribers, views=views)

    asking = factories.ask("2021-09")

    assert asking.value("newsletter.subscribers") == 790
    assert asking.value("newsletter.views.last_two") == 340
    assert asking.rows("newsletter.issues").cells("views") == (180, 160)


def test_without_issues_the_newsletters_series_serve():
    keep_series("newsletter-subscribers", "newsletter-views")
    factories.series("newsletter-subscribers", "2021-09", 42)
    factories.series("newsletter-views", "2021-09", 21)

    asking = factories.ask("2021-09")

    assert asking.value("newsletter.subscribers") == 42
    assert asking.value("newsletter.views.last_two") == 21
    assert asking.figure("newsletter.views.last_two").bases == {"imported"}
    assert not asking.figure("newsletter.issues").is_known


def test_the_website_shows_each_series_and_leaves_months_without_one_empty():
    keep_series("website-visits", "website-top-pages")
    factories.series("website-visits", "2021-09", 24)
    for rank, page in enumerate(("Home", "Modifications"), 1):
        factories.series("website-top-pages", "2021-09", None, part=page, rank=rank)

    asking = factories.ask("2021-09")

    assert asking.value("website.visits.in_month") == 24
    assert not asking.figure("website.page_views.in_month").is_known
    assert asking.rows("website.by_month").rows[-1][1:] == (24, None)
    assert asking.rows("website.by_month").rows[-2][1:] == (None, None)
    assert asking.rows("website.top_pages").rows == ((1, "Home", None), (2, "Modifications", None))


def test_readers_of_the_digital_code_add_up_over_their_categories():
    keep_series("codeworks-users")
    factories.series("codeworks-users", "2021-09", 30, part="dcc")
    factories.series("codeworks-users", "2021-09", 12, part="Large Suppliers")

    asking = factories.ask("2021-09")
    table = asking.rows("codeworks.users.by_category")

    assert asking.value("codeworks.users.total") == 42
    assert table.cells("category") == ("Large Suppliers", "DCC")
    assert table.total[-1] == 42


def test_product_lists_count_all_in_the_month_and_chart_only_the_charted():
    factories.keep("product-lists", since="2021-08-01")
    for number, (key, day) in enumerate(
        [("cpl", "2021-08-31"), ("cpl", "2021-09-01"), ("dpl", "2021-09-30"), ("fir", "2021-09-30")]
    ):
        factories.publication(key, f"6.20.{number}", day)

    asking = factories.ask("2021-09")

    assert asking.value("product_lists.versions.in_month") == 3
    assert asking.rows("product_lists.versions.by_list").total[-1] == 3
    table = asking.rows("product_lists.versions.by_month")
    assert table.names == ("month", "cpl", "ppcl", "epcl", "dpl")
    assert table.rows[-2][1:] == (1, 0, 0, 0)
    assert table.rows[-1][1:] == (1, 0, 0, 1)
    assert table.rows[-3][1:] == (None, None, None, None)


def test_devices_are_assured_until_the_day_before_their_assurance_ends():
    factories.keep("device-assurance")
    factories.assured("D1", "esme", since="2021-09-30", devices=3, mode="credit", region="north")
    factories.assured("D2", "gsme", since="2020-01-01", ended_on="2021-10-01", devices=2)
    factories.assured("D3", "gsme", since="2020-01-01", ended_on="2021-09-30", devices=9)

    asking = factories.ask("2021-09")

    assert asking.value("device_assurance.devices.total") == 5
    assert asking.rows("device_assurance.by_type").by("type", "devices") == {"ESME": 3, "GSME": 2}
    assert asking.rows("device_assurance.by_mode_and_region").rows == (("Credit", "North", 3),)


def test_days_worked_add_up_by_driver_and_by_team():
    factories.keep("effort", since="2018-02-01", until="2018-03-01")
    factories.effort("2018-02", "website", "1.25", group="core", team="core")
    factories.effort("2018-02", "website", "0.50", group="core", team="community-of-experts")
    factories.effort("2018-02", "enrolment-and-adoption", "2.00", group="projects", team="core")
    factories.effort("2018-03", "website", "9.00", group="core", team="core")

    asking = factories.ask("2018-02")

    assert asking.value("effort.days.total") == Decimal("3.75")
    drivers = asking.rows("effort.by_driver").by("driver", "days")
    assert (drivers["Website"], drivers["Reporting"]) == (Decimal("1.75"), Decimal("0.00"))
    teams = asking.rows("effort.by_driver_and_team")
    assert teams.total[1:] == (Decimal("3.25"), Decimal("0.50"))
    assert CHECKS.run("effort.rounding", asking).verdict is Verdict.AGREES
    assert not factories.ask("2018-03").figure("effort.days.total").is_known


def test_the_month_at_a_glance_repeats_the_figures_and_has_gaps_for_the_unknown():
    factories.keep("product-lists", "code-versions")
    factories.publication("cpl", "6.20.1", "2021-09-14")
    factories.version("45.0", "2021-09-01")

    glance = factories.ask("2021-09").rows("overview.month_at_a_glance").by("figure_key", "value")

    assert glance["product_lists.versions.in_month"] == 1
    assert glance["versions.issued_in_month"] == 1
    assert glance["proposals.open"] is None
