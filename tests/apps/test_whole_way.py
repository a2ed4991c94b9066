"""A proposal's whole way: every app plays its part, and one timeline tells it."""

from datetime import date, timedelta

import pytest

from engross.apps.releases.commands import implement_due
from engross.core.refusals import Refused
from tests.support.composing import saved
from tests.support.whole_way import (
    IN_FORCE,
    Cast,
    Way,
    compose,
    lay_down_law,
    moment,
    publish,
)

pytestmark = pytest.mark.django_db


def d(text: str) -> date:
    """Return a day."""
    return date.fromisoformat(text)


def _develop(way: Way) -> None:
    """Take it from a problem to the Report Phase's door."""
    cast = way.cast
    way.begin(d("2021-09-06"), d("2021-09-08"), d("2021-09-09"))
    assert way.proposal.label == "DP079"
    way.move("convert", cast.csc, d("2021-09-28"), route="authority-determined")
    assert way.proposal.label == "MP079"
    way.move("request-pa", cast.staff, d("2021-10-01"))
    with pytest.raises(Refused, match="No Preliminary Assessment is underway"):
        way.move("return-pa", cast.dcc, d("2021-10-01"))
    way.move("accept-pa", cast.dcc, d("2021-10-04"))
    way.move("query-pa", cast.dcc, d("2021-10-06"), reason="How many lamps?")
    way.move("answer-pa", cast.proposer, d("2021-10-13"), reason="Forty thousand")
    way.move("return-pa", cast.dcc, d("2021-11-05"))
    way.approve_timetable(d("2021-11-09"))


def _consult(way: Way) -> None:
    row = way.open_consultation("refinement", d("2021-11-10"), d("2021-12-01"))
    for name in ("Ann", "Ben"):
        way.answer(row, name, d("2021-11-15"))
    way.answer(row, "Cem", d("2021-11-16"), secret=True)
    way.end_consultation(row, d("2021-12-06"))


def _report(way: Way, filed: date, taken: date, closes: date, voted: date) -> None:
    """Take it through the Report Phase: report, consultation, vote, recommendation."""
    cast = way.cast
    way.move("file-report", cast.staff, filed)
    way.move("go-to-report", cast.csc, taken)
    with pytest.raises(Refused, match="No Modification Report Consultation has closed"):
        way.move("recommend-approve", cast.staff, taken)
    row = way.open_consultation("modification-report", taken, closes)
    way.answer(row, "Ann", taken)
    way.end_consultation(row, closes + timedelta(days=1))
    with pytest.raises(Refused, match="No vote of the Change Board is counted"):
        way.move("recommend-approve", cast.staff, voted)
    assert way.vote(voted).outcome == "recommended-approve"
    with pytest.raises(Refused, match="says 'recommended-approve', not 'recommended-reject'"):
        way.move("recommend-reject", cast.staff, voted)
    way.move("recommend-approve", cast.staff, voted)


def walk(way: Way) -> None:
    """Go the whole way."""
    cast = way.cast
    lay_down_law()
    _develop(way)
    _consult(way)
    saved("lamps", "D2", "The Panel shall meet every day.", proposal=way.proposal.label,
          at=moment(d("2021-12-10")))  # fmt: skip
    _report(way, d("2021-12-14"), d("2022-01-25"), d("2022-02-15"), d("2022-02-23"))
    way.move("authority-send-back", cast.authority, d("2022-03-16"), reason="The costs are thin")
    assert way.proposal.stage == "refine"
    with pytest.raises(Refused, match="no Modification Report on file"):
        way.move("go-to-report", cast.csc, d("2022-03-17"))
    _report(way, d("2022-03-18"), d("2022-03-22"), d("2022-04-12"), d("2022-04-20"))
    way.move("authority-approve", cast.authority, d("2022-05-11"))
    made = compose(way, d("2022-05-17"))
    with pytest.raises(Refused, match="No release that carries it has gone live"):
        way.move("implement", cast.staff, d("2022-05-17"))
    publish(way, made, d("2022-05-20"))
    assert implement_due(on=IN_FORCE - timedelta(days=1), at=moment(IN_FORCE)) == []
    told = implement_due(on=IN_FORCE, at=moment(IN_FORCE, 0))
    assert [each.reasons for each in told] == [(), ()]
    way.proposal.refresh_from_db()
    assert way.proposal.stage == "implemented"


def test_a_problem_becomes_law_and_one_timeline_tells_how(secretary):
    way = Way(Cast(secretary))
    walk(way)
