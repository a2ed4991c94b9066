"""Publishing a release: approval, scope, appeal, findings, days; and taking it back."""

from datetime import date, timedelta
from typing import Any

import pytest

from engross.apps.accounts.models import User
from engross.apps.audit.models import Event
from engross.apps.legaltext.models import CodeVersionDetails
from engross.apps.legaltext.queries import code_as_at
from engross.apps.proposals.models import Proposal
from engross.apps.proposals.queries import facts_of
from engross.apps.releases.commands import (
    accept_finding,
    compose_release,
    implement_due,
    part_change_set,
    publish_composition,
    save_change_set,
    withdraw_composition,
)
from engross.apps.releases.models import ChangeSet, Composition, Tranche
from engross.apps.releases.queries import latest_versions
from engross.core.refusals import Refused
from tests import factories
from tests.support.composing import AT, BASE, DAY, drafted, published, released, reworded, saved
from tests.support.stored_texts import without_ids

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=10)
TODAY = LATER.date()
EFFECTIVE = date(2021, 11, 25)
WEEKLY = "The Panel shall meet every week."


def _analyst() -> User:
    return User.objects.get_or_create(email="analyst@example.org")[0]


def _proposal(key: str = "MP078", *, route: str = "self-governance", **more: Any) -> None:
    moves = [("define", "2021-01-04"), ("release", "2021-11-10")]
    factories.proposal(key, raised_on="2021-01-04", route=route, moves=moves, **more)
    factories.decision(key, "approved", "2021-11-10", body="change-board")


def _in_scope(key: str = "MP078", on: str = "2021-10-05", **more: Any) -> None:
    row = {"release": "November 2021", "proposal": key, "decided_on": on, "body": "csc", **more}
    factories.record("release-scopes", [row])


def _composed(*names: str) -> Composition:
    return compose_release(
        "November 2021", names or ["mp078"], base_version="46.0", by=_analyst(), at=LATER
    )


def _ready(text: str = WEEKLY) -> Composition:
    published()
    released()
    _proposal()
    _in_scope()
    saved("mp078", "D2", text, proposal="MP078")
    return _composed()


def _publish(made: Composition, version: str = "47.0", **more: Any) -> None:
    given = {"effective_on": EFFECTIVE, "on": TODAY, "by": _analyst(), "at": LATER, **more}
    publish_composition(made.pk, version, **given)
    made.refresh_from_db()


def test_a_release_is_published_for_a_day_and_its_tranches_say_so() -> None:
    made = _ready()
    _publish(made)
    assert without_ids(code_as_at(on=EFFECTIVE)) == reworded(BASE, "D2", WEEKLY)
    row = Tranche.objects.known_at(None).get()
    assert (str(row.proposal), str(row.version), row.implemented_on) == (
        "MP078", "47.0", EFFECTIVE,
    )  # fmt: skip
    assert (row.state, str(row.release)) == ("approved", "November 2021")


def test_every_reason_against_it_is_told_and_nothing_is_published() -> None:
    published()
    released()
    factories.proposal("MP078", raised_on="2021-01-04", moves=[("refine", "2021-01-04")])
    saved("mp078", "D2", WEEKLY, proposal="MP078")
    made = _composed()
    with pytest.raises(Refused) as refused:
        _publish(made, effective_on=date(2021, 11, 9))
    told = str(refused.value)
    assert "MP078 is not approved" in told
    assert "MP078 is not in the scope" in told
    assert "before it is published" in told
    assert without_ids(code_as_at(on=EFFECTIVE)) == BASE


def test_no_version_takes_effect_while_a_decision_can_be_appealed() -> None:
    made = _ready()
    last = date(2021, 11, 24)  # ten Working Days after the tenth
    with pytest.raises(Refused, match="can be appealed until 24 November 2021"):
        _publish(made, effective_on=last)
    _publish(made, effective_on=last + timedelta(days=1))


def test_a_decision_of_the_authority_has_no_such_window() -> None:
    published()
    released()
    _proposal(route="authority-determined")
    _in_scope()
    saved("mp078", "D2", WEEKLY, proposal="MP078")
    _publish(_composed(), effective_on=TODAY)


def test_what_went_out_of_scope_by_a_later_decision_is_not_published() -> None:
    made = _ready()
    _in_scope(on="2021-11-02", is_in=False)
    with pytest.raises(Refused, match="MP078 is not in the scope"):
        _publish(made)


def test_a_finding_that_the_text_would_bring_is_accepted_with_a_reason_first() -> None:
    made = _ready("The Panel shall meet every week, as in Section D99.")
    finding = made.findings.get()
    assert made.findings_left == 1
    with pytest.raises(Refused, match="1 finding of its checks"):
        _publish(made)
    with pytest.raises(Refused, match="accepted for a reason"):
        accept_finding(made.pk, finding.finding, reason=" ", by=_analyst(), at=LATER)
    accept_finding(made.pk, finding.finding, reason="It comes in June", by=_analyst(), at=LATER)
    with pytest.raises(Refused, match="Somebody else accepted"):
        accept_finding(made.pk, finding.finding, reason="So do I", by=_analyst(), at=LATER)
    again = _composed()
    assert (again.findings_left, again.findings.get().accepted.reason) == (0, "It comes in June")
    _publish(again)


def test_a_version_is_taken_back_before_its_day_and_all_is_open_again() -> None:
    made = _ready()
    _publish(made)
    with pytest.raises(Refused, match="needs a reason"):
        withdraw_composition(made.pk, reason="", by=_analyst(), on=TODAY, at=LATER)
    with pytest.raises(Refused, match="took effect"):
        withdraw_composition(made.pk, reason="Late", by=_analyst(), on=EFFECTIVE, at=LATER)
    later = LATER + timedelta(hours=1)
    withdraw_composition(made.pk, reason="An appeal", by=_analyst(), on=TODAY, at=later)
    assert without_ids(code_as_at(on=EFFECTIVE)) == BASE
    assert without_ids(code_as_at(on=EFFECTIVE, known_at=LATER)) != BASE
    row = Tranche.objects.known_at(None).get()
    assert (row.state, row.version, row.implemented_on) == ("approved", None, None)
    assert ChangeSet.objects.get().published_in is None
    with pytest.raises(Refused, match="is withdrawn already"):
        withdraw_composition(made.pk, reason="Again", by=_analyst(), on=TODAY, at=later)
    assert Event.objects.filter(action="release.withdraw", reason="An appeal").count() == 1


def test_its_text_is_composed_anew_and_its_number_is_not_used_again() -> None:
    made = _ready()
    _publish(made)
    later = LATER + timedelta(hours=1)
    withdraw_composition(made.pk, reason="An appeal", by=_analyst(), on=TODAY, at=later)
    again = compose_release(
        "November 2021", ["mp078"], base_version="46.0", by=_analyst(), at=later
    )
    with pytest.raises(Refused, match=r"Version 47\.0 was withdrawn"):
        _publish(again, at=later + timedelta(hours=1))
    _publish(again, "48.0", at=later + timedelta(hours=1))
    assert without_ids(code_as_at(on=EFFECTIVE)) == reworded(BASE, "D2", WEEKLY)


def _two_clauses() -> None:
    both = drafted(
        "mp078",
        lambda code: reworded(reworded(code, "D2", WEEKLY), "E1", "Each Party shall pay."),
    )
    save_change_set("mp078", both, base_version="46.0", by=None, at=AT, proposal="MP078")


def test_the_tranches_of_one_proposal_go_live_in_two_releases() -> None:
    published()
    released()
    _proposal()
    _in_scope()
    _two_clauses()
    first, second = part_change_set("mp078", [1, 2], seen=1, by=_analyst(), at=LATER)
    assert [each.change_set.name for each in latest_versions()] == [
        "mp078-part-1", "mp078-part-2",
    ]  # fmt: skip
    with pytest.raises(Refused, match="is parted into tranches"):
        _composed("mp078")
    _publish(_composed("mp078-part-1"))
    factories.release("June 2022", "2022-06-30")
    factories.record("release-scopes", [{"release": "June 2022", "proposal": "MP078",
                                         "decided_on": "2021-11-01", "body": "csc"}])  # fmt: skip
    last = compose_release("June 2022", ["mp078-part-2"], base_version="47.0", by=_analyst(),
                           at=LATER + timedelta(hours=1))  # fmt: skip
    _publish(last, "48.0", effective_on=date(2022, 6, 30), at=LATER + timedelta(hours=2))
    whole = reworded(reworded(BASE, "D2", WEEKLY), "E1", "Each Party shall pay.")
    assert without_ids(code_as_at(on=date(2022, 6, 30))) == whole
    rows = Tranche.objects.known_at(None).order_by("sequence")
    assert [(each.sequence, str(each.release)) for each in rows] == [
        (1, "November 2021"), (2, "June 2022"),
    ]  # fmt: skip
    assert first.number == second.number == 1


def test_what_cannot_be_parted_is_refused() -> None:
    published()
    _two_clauses_without_proposal()
    with pytest.raises(Refused, match="since you opened it"):
        part_change_set("plain", [1, 2], seen=7, by=_analyst(), at=LATER)
    part_change_set("plain", [1, 2], seen=1, by=_analyst(), at=LATER)
    with pytest.raises(Refused, match="parted already"):
        part_change_set("plain", [1, 2], seen=1, by=_analyst(), at=LATER)
    with pytest.raises(Refused, match="is a part of plain"):
        part_change_set("plain-part-1", [1], seen=1, by=_analyst(), at=LATER)


def _two_clauses_without_proposal() -> None:
    both = drafted(
        "plain",
        lambda code: reworded(reworded(code, "D2", WEEKLY), "E1", "Each Party shall pay."),
    )
    save_change_set("plain", both, base_version="46.0", by=None, at=AT)


def test_a_change_to_the_scope_needs_a_later_decision_of_the_body_that_decides() -> None:
    published()
    released()
    _proposal()
    _in_scope()
    with pytest.raises(Refused, match="MP078 is not in scope on 5 October"):
        _in_scope(is_in=False)
    with pytest.raises(Refused, match="in scope already on 7 October"):
        _in_scope(on="2021-10-07")
    with pytest.raises(Refused, match="does not decide on the scope"):
        _in_scope(on="2021-10-07", is_in=False, body="tabasc")


def test_on_its_day_the_proposal_is_implemented_and_not_before(secretary: User) -> None:
    made = _ready()
    _publish(made, by=secretary)
    on_day = LATER + timedelta(days=14)
    assert implement_due(on=EFFECTIVE - timedelta(days=1), at=on_day) == []
    (told,) = implement_due(on=EFFECTIVE, at=on_day)
    assert told.reasons == ()
    row = Tranche.objects.known_at(None).get()
    assert (row.state, row.proposal.stage) == ("done", "implemented")
    assert implement_due(on=EFFECTIVE, at=on_day) == []


def test_what_cannot_be_noted_waits_with_its_reason() -> None:
    made = _ready()
    _publish(made)
    (told,) = implement_due(on=EFFECTIVE, at=LATER + timedelta(days=14))
    assert told.reasons
    assert Tranche.objects.known_at(None).get().state == "approved"


def test_facts_tell_of_the_legal_text_and_of_the_release() -> None:
    made = _ready()
    pk = Proposal.objects.get().pk
    told = {each.requirement for each in facts_of([pk], on=TODAY)[pk]}
    assert told == {"legal-text", "in-release", "all-parts-live"}
    published(reworded(BASE, "D2", "The Panel shall meet every day."), "46.5", days=5)
    later = DAY + timedelta(days=6)
    told = {each.requirement for each in facts_of([pk], on=later)[pk]}
    assert told == {"in-release", "all-parts-live"}
    assert made.conflicts_left == 0


def test_all_parts_are_live_on_the_day_of_the_last() -> None:
    factories.proposal("MP062")
    pk = Proposal.objects.get().pk

    def told(on: date) -> list[tuple[str, date]]:
        return [(each.requirement, each.since) for each in facts_of([pk], on=on)[pk]]

    factories.tranche("MP062", state="done", sequence=1, implemented_on="2020-11-29")
    factories.tranche("MP062", state="unknown", sequence=2)
    first = ("in-release", date(2020, 11, 29))
    assert told(TODAY) == [first], "nobody knows yet when the second goes live"
    factories.tranche("MP062", state="approved", sequence=2, implemented_on="2021-06-24")
    assert told(date(2021, 6, 23)) == [first]
    assert told(date(2021, 6, 24)) == [first, ("all-parts-live", date(2021, 6, 24))]


def test_a_designation_makes_a_version_without_a_decision_on_its_scope() -> None:
    published()
    released()
    key = "SOS-20211110"
    factories.proposal(key, raised_on="2021-11-10", route="sos-designation",
                       moves=[("release", "2021-11-10")])  # fmt: skip
    saved("sos", "D2", WEEKLY, proposal=key)
    _publish(_composed("sos"))
    version = CodeVersionDetails.objects.known_at(None).get(version__key="47.0")
    assert version.cause == "sos-designation"
    secretary = User.objects.create_user("s@example.org", None, name="S", is_staff=True)
    done = implement_due(on=EFFECTIVE, at=LATER + timedelta(days=15), by=secretary)
    assert [(str(each.due.proposal), each.due.move) for each in done] == [(key, "implement")]
