"""A proposal's whole way: every app plays its part, and one timeline tells it."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from engross.apps.accounts.models import User
from engross.apps.audit.queries import faults_of_audit
from engross.apps.consultations.models import Consultation
from engross.apps.crosscode.commands import PriorityGiven, give_priority
from engross.apps.legaltext.queries import code_as_at
from engross.apps.mail.models import Mail
from engross.apps.people.commands import begin_term
from engross.apps.proposals.commands import undo_move
from engross.apps.registers.queries import timeline_of
from engross.apps.releases.commands import compose_release, implement_due, publish_composition
from engross.core.people.roles import BodyRole
from engross.core.refusals import Refused
from tests import factories
from tests.support.composing import BASE, published, reworded, saved
from tests.support.people import client_of, person
from tests.support.searching import search
from tests.support.stored_texts import without_ids
from tests.support.whole_way import (
    IN_FORCE,
    SECRET,
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
    way.move("request-ia", cast.staff, d("2021-10-01"))
    undo_move(way.proposal.moves_made.latest("number"), by=cast.staff, on=d("2021-10-01"),
              at=moment(d("2021-10-01"), 10), reason="The preliminary one comes first")  # fmt: skip
    way.move("request-pa", cast.staff, d("2021-10-01"), hour=11)
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
    way.report(filed)
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
    way.move("recommend-approve", cast.staff, voted, hour=19)


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


ROUND = (
    "Modification Report: MP079 Brighter lamps",
    "Modification Report issued",
    "Report Phase",
    "Change Sub-Committee: Progressed to Report Phase",
    "Modification Report Consultation opened",
    "Modification Report Consultation closed",
    "Answers to the Modification Report Consultation published",
    "Change Board: vote opened",
    "Change Board: vote counted",
    "Awaiting Authority decision",
    "Change Board: Recommended for approval",
)
ALL = (
    "Raised",
    "Development Stage",
    "Refinement Process",
    "Change Sub-Committee: Progressed to Refinement",
    "Taken back: Impact Assessment asked for",
    "Preliminary Assessment asked for",
    "Preliminary Assessment accepted",
    "The DCC asked a question about the Preliminary Assessment",
    "The question about the Preliminary Assessment was answered",
    "Preliminary Assessment returned",
    "Change Sub-Committee: Timetable approved",
    "Refinement Consultation opened",
    "Refinement Consultation closed",
    "Answers to the Refinement Consultation published",
    *ROUND,
    "Refinement Process",
    "The Authority: Sent back",
    *ROUND,
    "Approved, awaiting implementation",
    "The Authority: Approved",
    "June 2022: Scope decided",
    "Implemented",
    "Implementation, part 1: Done",
)


def _check_timeline(way: Way) -> None:
    """One timeline tells all of it, in order, and so do the feed and the API."""
    told = timeline_of("proposals", way.proposal, today=d("2022-07-01"))[::-1]
    assert tuple(each.title for each in told) == ALL
    assert [each.on for each in told] == sorted(each.on for each in told if each.on)
    then = timeline_of("proposals", way.proposal, as_at=d("2021-12-01"))
    assert next(each.title for each in then if not each.kind) == "Refinement Consultation closed"
    known = timeline_of("proposals", way.proposal, known_at=moment(d("2021-11-30")))
    assert next(each.title for each in known if each.on) == "Refinement Consultation opened"
    label = way.proposal.label
    api = Client().get(f"/api/v1/proposals/{label}").json()
    assert tuple(each["title"] for each in api["timeline"])[::-1] == ALL
    feed = Client().get(f"/proposals/{label}/feed.atom").content.decode()
    assert "The DCC asked a question" in feed


def _check_figures() -> None:
    """The reports of the months count it."""
    factories.keep("proposals", "proposal-stages", "decisions", "assessments")
    september, november, april, may, june = map(
        factories.ask, ("2021-09", "2021-11", "2022-04", "2022-05", "2022-06")
    )
    assert september.value("proposals.raised.in_month") == 1
    assert november.value("assessments.pa.completed.total") == 1
    assert list(april.rows("decisions.in_month").cells("outcome_key")) == ["recommended-approve"]
    assert may.value("proposals.approved.in_month") == 1
    # The other proposal goes live in the same release.
    assert june.value("proposals.implemented.in_month") == 2


def _check_mail(cast: Cast) -> None:
    """Each was told what is theirs, and nobody the same twice."""
    told = Counter(Mail.objects.values_list("template", "to_address", "subject", "queued_at"))
    assert set(told.values()) == {1}
    people: dict[str, set[str]] = {}
    for template, address, _, _ in told:
        people.setdefault(template.removeprefix("notices/"), set()).add(address.partition("@")[0])
    staff = cast.staff.email.partition("@")[0]
    assert people["proposal-raised"] == {"pia", staff}
    assert people["assessment-requested"] == {"dan"}
    assert people["assessment-returned"] == {"pia"}
    assert people["vote-opened"] == {"ada"}
    assert people["sent-to-authority"] == {"otto", "pia"}
    assert people["proposal-sent-back"] == {"pia", staff}
    assert people["decision-made"] == {"pia", "bea"}
    assert people["answer-received"] == {"ann", "ben", "cem"}
    assert people["version-published"] >= {"pia", "bea", "sid", "dan", staff}
    assert people["release-composed"] == {"cleo", staff}
    raised = Mail.objects.get(template="notices/proposal-raised", to_address=cast.proposer.email)
    assert raised.subject == "DP079 Brighter lamps was raised"
    # Accepted on 4 October for 15 Working Days; five of those that followed waited for an answer.
    assert "Working Days after its target" in Mail.objects.get(template__endswith="returned").text


def _check_reading(way: Way) -> None:
    """Everybody reads its pages, and nobody else what was answered in confidence."""
    label = way.proposal.label
    row = Consultation.objects.get(kind="refinement")
    responses = f"/consultations/{row.reference}/responses/"
    assert SECRET in client_of(way.cast.staff).get(responses).content.decode()
    search("lamps")
    addresses = (
        f"/proposals/{label}/", f"/timetables/{label}/", f"/forecasts/{label}/",
        f"/proposals/{label}/feed.atom", f"/api/v1/proposals/{label}",
        f"/consultations/{row.reference}/", responses, f"{responses[:-1]}.csv",
        "/consultations/feed.atom", f"/api/v1/consultations/{row.reference}",
        "/search/?q=rivals", "/proposals/feed.atom", "/releases/June_2022/",
        "/code-versions/47.0/", f"/proposals/{label}/report/", f"/proposals/{label}/report.json",
        f"/proposals/{label}/report/modification-report/2/report.json",
    )  # fmt: skip
    another = client_of(way.cast.affected)
    for client, address in [*((Client(), each) for each in addresses), (another, responses)]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "which our rivals" not in answer.getvalue().decode(), address


def test_a_problem_becomes_law_and_one_timeline_tells_how(secretary: User) -> None:
    way = Way(Cast(secretary))
    walk(way)
    assert without_ids(code_as_at(on=IN_FORCE)) == reworded(
        BASE, "D2", "The Panel shall meet every day."
    )
    _check_timeline(way)
    _check_figures()
    _check_mail(way.cast)
    _check_reading(way)
    assert list(faults_of_audit()) == []


@pytest.mark.once
def test_a_code_manager_decides_in_2026_by_data_alone(secretary: User, settings: Any) -> None:
    settings.ENGROSS_CODE = "sec-code-manager"
    way = Way(Cast(secretary))
    manager = person("Mona")
    begin_term(manager, "code-manager", BodyRole.MEMBER, held_from=d("2026-01-05"),
               held_until=None, by=secretary, at=moment(d("2026-01-05")))  # fmt: skip
    published()
    way.begin(d("2026-06-01"), d("2026-06-02"), d("2026-06-03"))
    with pytest.raises(Refused, match="Its priority is not determined"):
        way.move("convert", manager, d("2026-06-09"), route="self-governance")
    answers = dict.fromkeys(("complexity", "importance", "time-sensitivity"), "high")
    priority = PriorityGiven("high", d("2026-06-09"), answers, "It saves many visits")
    give_priority([way.proposal], priority, by=secretary, at=moment(d("2026-06-09")),
                  on=d("2026-06-09"))  # fmt: skip
    way.move("convert", manager, d("2026-06-09"), route="self-governance")
    saved("lamps", "D2", "The Panel shall meet every day.", proposal=way.proposal.label,
          at=moment(d("2026-06-10")))  # fmt: skip
    way.move("file-report", secretary, d("2026-06-11"))
    way.move("go-to-report", manager, d("2026-06-16"))
    with pytest.raises(Refused, match="No Modification Report Consultation has closed"):
        way.move("vote-approve", manager, d("2026-06-17"))
    row = way.open_consultation("modification-report", d("2026-06-17"), d("2026-07-08"))
    way.answer(row, "Ann", d("2026-06-18"))
    way.end_consultation(row, d("2026-07-09"))
    with pytest.raises(Refused, match="is for the code manager, as it decides to do"):
        way.move("vote-approve", way.cast.csc, d("2026-07-14"))
    way.move("vote-approve", manager, d("2026-07-14"))
    factories.release("July 2026", "2026-07-29")
    factories.record("release-scopes", [{"release": "July 2026", "proposal": way.proposal.label,
                                         "decided_on": "2026-07-14", "body": "code-manager"}],
                     at=moment(d("2026-07-14")))  # fmt: skip
    made = compose_release("July 2026", ["lamps"], base_version="46.0", by=secretary,
                           at=moment(d("2026-07-15")))  # fmt: skip
    given: dict[str, Any] = {"on": d("2026-07-15"), "by": secretary, "at": moment(d("2026-07-15"))}
    with pytest.raises(Refused, match="can be appealed until 28 July 2026"):
        publish_composition(made.pk, "47.0", effective_on=d("2026-07-28"), **given)
    publish_composition(made.pk, "47.0", effective_on=d("2026-07-29"), **given)
    with pytest.raises(Refused, match="The time to appeal runs until the end of 2026-07-28"):
        way.move("implement", secretary, d("2026-07-28"))
    (told,) = implement_due(on=d("2026-07-29"), at=moment(d("2026-07-29"), 0))
    assert told.reasons == ()
    titles = [each.title for each in timeline_of("proposals", way.proposal)]
    assert "The code manager: Approved" in titles
    assert titles[:2] == ["Implementation, part 1: Done", "Implemented"]
