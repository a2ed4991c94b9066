"""Forecasts as pages and by API: told from the register, up to the last day that it is kept."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engross.apps.timetables.queries.forecasts import forecasts_on, history_on
from tests import factories

pytestmark = pytest.mark.django_db
LIVE = "2021-06-24"


def record(proposals):
    """Record proposals with their moves, in two sheets."""
    factories.record("proposals", [
        {"proposal": key, "title": f"About {key}", "route": "self-governance"}
        for key in proposals
    ])  # fmt: skip
    factories.record("proposal-stages", [
        {"proposal": key, "stage": stage, "moved_on": on}
        for key, moves in proposals.items()
        for stage, on in moves
    ])  # fmt: skip


def decided(number):
    """Return the moves of a proposal that took longer the higher its number."""
    began = date(2020, 1, 6) + timedelta(days=number)
    opine = began + timedelta(days=90 + 6 * number)
    approved = opine + timedelta(days=29)
    return [("refine", began), ("opine", opine), ("release", approved), ("implemented", LIVE)]


@pytest.fixture
def register():
    factories.keep("proposal-stages", since="2019-01-01", until="2021-10-01")
    past = {f"MP{100 + number}": decided(number) for number in range(40)}
    now = {"MP300": [("refine", "2021-09-01")], "MP301": [("release", "2021-09-01")]}
    record(past | now)


def text(client, url, **more):
    answer = client.get(url, **more)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_list_tells_days_and_what_they_rest_on_as_at_the_last_day_kept(client, register):
    page = text(client, "/forecasts/")

    assert "Told from what was known on" in page
    assert "30\xa0Sep\xa02021" in page
    assert "MP300" in page
    assert "40 that left Refine, 1 still there" in page
    assert "MP139" not in page
    (row,) = client.get("/api/v1/forecasts?stage=refine").json()["rows"]
    assert row["identifier"] == "MP300"
    assert "2021-09-30" < row["decision"]["first"] < row["decision"]["last"]
    assert row["decision"]["last"] < row["go_live"]["last"]
    assert f"{row['decision']['share']:.0%} of such in these days" in page
    assert row["rests_on"]["exits"] == 40
    (waits,) = client.get("/api/v1/forecasts?stage=release").json()["rows"]
    assert (waits["identifier"], waits["decision"]) == ("MP301", None)
    assert waits["go_live"]["first"] in ("2021-11-04", "2022-02-24")


def test_a_proposals_page_fetches_its_forecast_and_a_closed_one_has_none(client, register):
    assert 'hx-get="/forecasts/MP300/"' in text(client, "/proposals/MP300/")
    assert "/forecasts/MP100/" not in text(client, "/proposals/MP100/")
    assert "Nothing is to be forecast" in text(client, "/forecasts/MP100/")
    part = text(client, "/forecasts/MP300/", headers={"hx-request": "true"})
    assert "% of such in these days, half by" in part
    assert "<html" not in part
    assert client.get("/forecasts/DP300/?as_at=2021-09-15").url == (
        "/forecasts/MP300/?as_at=2021-09-15"
    )
    assert client.get("/forecasts/MP999/").status_code == 404


def test_what_is_recorded_later_is_told_at_once(client, register):
    assert "MP300" in text(client, "/forecasts/")
    factories.move("MP300", "withdrawn", "2021-09-20")

    assert "MP300" not in text(client, "/forecasts/")
    assert "MP300" in text(client, "/forecasts/?as_at=2021-09-10")


def test_queries_do_not_grow_with_the_register_and_are_few_when_asked_again(client, register):
    with CaptureQueriesContext(connection) as few:
        history_on(date(2021, 9, 30))
    record({f"MP{number}": [("refine", "2021-09-02")] for number in range(400, 430)})
    with CaptureQueriesContext(connection) as more:
        history_on(date(2021, 9, 30))
    assert len(few) == len(more) <= 8
    assert len(forecasts_on(date(2021, 9, 30)).rows) == 32
    with CaptureQueriesContext(connection) as again:
        kept = forecasts_on(date(2021, 9, 30))
    assert len(again) == 2
    factories.party("P1", category="large-suppliers")
    assert forecasts_on(date(2021, 9, 30)) is kept
    factories.meeting("CB_59", "change-board", "2021-10-27")
    assert forecasts_on(date(2021, 9, 30)) is not kept


@pytest.mark.parametrize("query", ["as_at=0001-01-01", "as_at=9999-12-31", "as_at=x", "sort=-no"])
def test_an_odd_question_gets_a_page(client, query):
    assert "0</strong> forecasts" in text(client, f"/forecasts/?{query}")
