"""The history of one clause: each wording and place, when, and by what."""

from datetime import timedelta

import pytest
from django.test import Client
from msgspec.structs import replace

from engross.apps.accounts.models import User
from engross.apps.legaltext.commands import correct_text
from engross.apps.legaltext.models import CodeVersion
from engross.apps.legaltext.queries import code_as_at
from engross.apps.reading.queries.clause_history import clause_history
from engross.apps.releases.commands import compose_release, publish_composition, resolve_conflict
from engross.apps.releases.models import ChangeSet
from engross.core.access import ANYONE
from engross.core.legaltext.merging import Given
from engross.core.legaltext.provisions import Code, Provision
from tests.support.composing import AT, DAY, published, released, saved
from tests.support.stored_texts import clause, section

pytestmark = pytest.mark.django_db

FIRST = Code((section("D", clause("D1", "", clause("D1.1", "The Panel shall meet every month.")),
                      clause("D2", "Any Party may raise a proposal.")),))  # fmt: skip


def numbered_on(code: Code) -> Code:
    """Return a text with a clause before all others, which bear the next number."""
    document = code.documents[0]
    new = clause("D1", "", clause("D1.1", "These rules bind everybody who is named in them."))
    later = [_numbered(each, int(each.number[1:]) + 1) for each in document.provisions]
    return Code((replace(document, provisions=(new, *later)),))


def _numbered(provision: Provision, to: int) -> Provision:
    children = (replace(each, number=f"D{to}.1") for each in provision.children)
    return replace(provision, number=f"D{to}", children=tuple(children))


def ident_of(number: str, days: int = 0) -> str:
    waiting = list(code_as_at(on=DAY + timedelta(days=days)).documents[0].provisions)
    while waiting:
        provision = waiting.pop()
        if provision.number == number:
            return provision.id or ""
        waiting.extend(provision.children)
    raise LookupError(number)


def told(ident: str) -> list[tuple[int, str, tuple[str, ...], str]]:
    history = clause_history(ident, ANYONE)
    assert history is not None
    return [((step.since - DAY).days, str(step.address), step.happened, step.because.version)
            for step in history.steps]  # fmt: skip


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def three_versions() -> None:
    """Publish a text, one in which a clause reads otherwise, and one numbered on."""
    published(FIRST, "1.0")
    child = clause("D1.1", "The Panel shall meet every week.")
    second = Code((section("D", clause("D1", "", child), FIRST.documents[0].provisions[1]),))
    published(second, "2.0", days=10)
    published(numbered_on(second), "3.0", days=20)


@pytest.mark.usefixtures("three_versions")
def test_rewordings_and_renumberings_are_steps_with_what_made_them():
    assert told(ident_of("D1.1")) == [
        (0, "Section D1.1", ("appeared",), "1.0"),
        (10, "Section D1.1", ("reworded",), "2.0"),
        (20, "Section D2.1", ("renumbered",), "3.0"),
    ]


@pytest.mark.usefixtures("three_versions")
def test_the_page_shows_each_wording_as_a_redline_of_the_one_before():
    shown = page("/code/section/D/2.1/history/")

    assert "History of Section D2.1" in shown
    assert shown.index("Renumbered, was Section D1.1") < shown.index("Reworded")
    assert "<del>" in shown
    assert "/code/section/D/1.1/2021-11-04/" in shown
    assert 'id="D' not in shown


@pytest.mark.usefixtures("three_versions")
def test_a_clause_that_is_gone_has_a_history_that_ends():
    gone = Code((section("D", clause("D1", "", clause("D1.1", "Everybody is bound by this."))),))
    ident = ident_of("D3", 20)
    published(gone, "4.0", days=30)

    assert told(ident)[-1] == (30, "Section D3", ("taken away",), "4.0")
    assert "<p>Taken away, by" in page("/code/section/D/3/history/")


def test_the_change_set_that_changed_a_clause_is_named_and_no_other():
    published(FIRST, "1.0")
    saved("often", "D2", "Any Party may raise a proposal at any time.", on="1.0", title="Often")
    saved("elsewhere", "D1", "", on="1.0")
    second = clause("D2", "Any Party may raise a proposal at any time.")
    published(Code((section("D", FIRST.documents[0].provisions[0], second),)), "2.0", days=10)
    ChangeSet.objects.update(published_in=CodeVersion.objects.get(key="2.0"))

    history = clause_history(ident_of("D2"), ANYONE)

    assert history is not None
    assert [each.name for each in history.steps[-1].because.sets] == ["often"]
    assert '<a href="/change-sets/often/">Often</a>' in page("/code/section/D/2/history/")


@pytest.mark.parametrize(("decided", "named"), [
    ({"take": "side", "side": "weekly"}, ["weekly"]),
    ({"take": "given", "given": Given(text="The Panel shall meet now and then.")},
     ["weekly", "yearly"]),
])  # fmt: skip
def test_a_change_set_whose_words_a_decision_kept_out_did_not_make_the_clause(decided, named):
    published()
    saved("weekly", "D2", "The Panel shall meet every week.")
    saved("yearly", "D2", "The Panel shall meet every year.")
    later, day = AT + timedelta(days=10), DAY + timedelta(days=60)
    asked = {"by": User.objects.create_user("analyst@example.org"), "at": later}
    made = compose_release(released(), ["weekly", "yearly"], base_version="46.0", **asked)
    conflict = made.conflicts.get().conflict
    resolve_conflict(made.pk, conflict, reason="The Panel asked for it", **decided, **asked)
    publish_composition(made.pk, "47.0", effective_on=day, on=later.date(), **asked)

    history = clause_history(ident_of("D2"), ANYONE)

    assert history is not None
    assert [each.name for each in history.steps[-1].because.sets] == named


def test_a_correction_is_told_with_what_was_known_before_and_why():
    published(FIRST, "1.0")
    correct_text(ident_of("D2"), on=DAY, text="Any Party may raise one proposal.", by=None,
                 at=AT + timedelta(days=1), reason="A slip of the pen.")  # fmt: skip

    shown = page("/code/section/D/2/history/")

    assert "Recorded wrongly, and taken back" in shown
    assert "<q>Any Party may raise a proposal.</q>" in shown
    assert "A slip of the pen." in shown


def test_an_address_that_nothing_ever_bore_has_no_history():
    published(FIRST, "1.0")

    assert Client().get("/code/section/D/99/history/").status_code == 404
    assert Client().get("/code/section/D/history/").status_code == 404
    assert Client().get("/code/section/D/1/2021-02-30/history/").status_code == 404


@pytest.mark.usefixtures("three_versions")
def test_a_history_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    ident = ident_of("D1.1")
    with django_assert_max_num_queries(8):
        clause_history(ident, ANYONE)
