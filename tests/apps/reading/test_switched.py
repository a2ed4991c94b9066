"""The text as it would read with chosen proposals switched on."""

from datetime import date, timedelta

import pytest
from django.test import Client

from engross.apps.reading.queries import text_with
from engross.apps.releases.commands import classify_change_set, save_change_set
from engross.apps.releases.models import ChangeSet, ChangeSetVersion
from engross.core.access import ANYONE, Reader
from engross.core.legaltext.provisions import text_hash
from engross.core.refusals import Refused
from tests import factories
from tests.support.composing import AT, BASE, DAY, drafted, published, reworded, saved
from tests.support.people import staff_client
from tests.support.readable_text import readable

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)
PARTY = Reader(parties=frozenset({"a-party"}))


@pytest.fixture
def open_sets() -> None:
    """Publish a small code, and draft three change sets on it, two of which conflict."""
    published()
    factories.proposal("MP078", raised_on=date(2021, 1, 4), moves=[("refine", date(2021, 2, 1))])
    saved("faster", "D3", "A proposal shall be decided within 10 Working Days.", proposal="MP078",
          title="Decide faster")  # fmt: skip
    saved("slower", "D3", "A proposal shall be decided within 30 Working Days.")
    saved("meetings", "D2", "The Panel shall meet every week.")


def page(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def words(names: list[str], on: date = DAY) -> dict[str, str]:
    code = text_with(on, names, ANYONE).code
    return {one.number: one.text for document in code.documents for one in document.provisions}


@pytest.mark.usefixtures("open_sets")
def test_a_proposal_is_switched_on_by_its_name_or_that_of_its_change_set():
    for name in ("MP078", "mp078", "DP078", "faster", "FASTER"):
        assert words([name])["D3"].endswith("within 10 Working Days.")
    assert words([])["D3"].endswith("within 20 Working Days.")


@pytest.mark.usefixtures("open_sets")
def test_what_conflicts_stands_as_in_force_with_all_sides_and_the_rest_is_merged():
    found = text_with(DAY, ["MP078", "slower", "meetings"], ANYONE)
    (conflict,) = found.conflicts
    texts = {one.number: one.text for one in found.code.documents[0].provisions}

    assert texts["D3"].endswith("within 20 Working Days.")
    assert texts["D2"] == "The Panel shall meet every week."
    assert [side.change_sets for side in conflict.sides] == [("faster",), ("slower",)]
    assert list(found.conflicts_at) == [conflict.key]


@pytest.mark.usefixtures("open_sets")
def test_a_set_on_an_older_text_is_carried_over_to_that_of_the_day():
    newer = reworded(BASE, "E1", "Each Party shall pay its Charges within 15 days.")
    published(newer, "47.0", days=30)

    assert words(["meetings"], LATER)["D2"] == "The Panel shall meet every week."
    assert words(["meetings"], LATER)["E1"].endswith("within 15 days.")


@pytest.mark.usefixtures("open_sets")
def test_what_does_not_fit_the_text_of_the_day_is_a_conflict_with_it():
    newer = reworded(BASE, "D2", "The Panel shall meet twice a year.")
    published(newer, "47.0", days=30)

    found = text_with(LATER, ["meetings"], ANYONE)

    assert [each.kind for each in found.conflicts] == ["base"]
    assert found.code == found.base.code


@pytest.mark.usefixtures("open_sets")
def test_a_set_whose_base_cannot_be_had_is_left_out_and_says_why():
    newer = reworded(BASE, "E1", "Each Party shall pay its Charges within 15 days.")
    published(newer, "47.0", days=30)
    ChangeSetVersion.objects.filter(change_set__name="slower").update(base_hash="0" * 64)

    found = text_with(LATER, ["slower", "meetings"], ANYONE)

    assert [each.change_set.name for each in found.left_out] == ["slower"]
    assert "recorded otherwise since" in str(found.left_out[0].reasons[0])
    assert found.code.documents[0].provisions[1].text == "The Panel shall meet every week."


@pytest.mark.usefixtures("open_sets")
def test_the_same_choice_on_the_same_text_is_merged_once(django_assert_num_queries):
    first = text_with(DAY, ["faster", "meetings"], ANYONE)
    with django_assert_num_queries(2):
        again = text_with(DAY + timedelta(days=3), ["meetings", "MP078"], ANYONE)

    assert again.merge is first.merge
    assert again.hash == text_hash(again.code)


def reason(names: list[str], reader: Reader = ANYONE) -> str:
    with pytest.raises(Refused) as refused:
        text_with(DAY, names, reader)
    return str(refused.value)


@pytest.mark.usefixtures("open_sets")
def test_names_that_mean_nothing_that_is_open_are_refused_with_the_nearest():
    factories.proposal("MP079", raised_on=date(2021, 1, 4), moves=[("withdrawn", date(2021, 2, 1))])
    factories.proposal("MP080", raised_on=date(2021, 1, 4))

    assert (
        reason(["fastr"]) == "No open proposal or change set is called 'fastr'. Choose from faster."
    )
    assert reason(["MP079"]).endswith(
        "079 is withdrawn. Leave it out: it will not change the text."
    )
    assert "080 has no legal text yet. Choose from" in reason(["MP080"])
    saved("gone", "D1", "Nobody may.", proposal="MP079")
    assert "withdrawn" in reason(["gone"])


@pytest.mark.usefixtures("open_sets")
def test_a_set_that_a_version_took_in_is_refused_by_that_version():
    version = ChangeSetVersion.objects.get(change_set__name="slower").base_version
    ChangeSet.objects.filter(name="slower").update(published_in=version)

    assert reason(["slower"]) == "slower is in the text already, since version 46.0. Leave it out."


@pytest.mark.usefixtures("open_sets")
def test_a_set_that_is_not_for_the_reader_is_as_if_it_were_not_there():
    classify_change_set("meetings", "green", by=None, at=AT)

    assert text_with(DAY, ["meetings"], PARTY).sets[0].paper_class == "green"
    assert "No open proposal or change set is called 'meetings'" in reason(["meetings"])
    assert 'value="meetings"' not in page("/code/section/D/")
    assert "/change-sets/meetings/" not in page("/change-sets/")
    page("/change-sets/meetings/", 404)
    page("/change-sets/meetings.json", 404)
    page("/code/section/D/?with=meetings", 404)
    assert "every week" not in page("/code/section/D/2/changes/")


@pytest.mark.usefixtures("open_sets")
@pytest.mark.parametrize(
    "asked",
    ["x" * 10_000, ",".join(f"MP{n}" for n in range(200)), "," * 9000, "MP078," * 1500, "\u202e%00",
     "../../etc/passwd", "a'b\"<script>alert(1)</script>"],
)  # fmt: skip
def test_silly_choices_are_answered_shortly(asked: str):
    for address in ("/code/section/D/", "/code/section/D/3/", "/code/compare/46.0/46.0/",
                    "/code/section/D.docx", "/code.json"):  # fmt: skip
        answer = Client().get(address, {"with": asked})

        assert answer.status_code in (200, 404)
        assert len(answer.content) < 60_000
        assert b"<script>alert" not in answer.content


@pytest.mark.usefixtures("open_sets")
def test_the_page_says_that_it_is_not_in_force_and_shows_the_conflict_at_its_clause():
    shown = page("/code/section/D/?with=faster&with=slower,meetings")

    assert "Not in force." in shown
    assert "The Panel shall meet every week." in shown
    assert "Conflict at Section D3." in shown
    assert "1 conflict:" in shown
    assert 'value="faster" checked' in shown
    assert "/code/compare/" in shown


@pytest.mark.usefixtures("open_sets")
def test_a_clause_and_its_links_keep_what_is_switched_on():
    shown = page("/code/section/D/2/?with=meetings")

    assert "every week" in shown
    assert "/code/section/D/1/?with=meetings" in shown
    assert "month" in page("/code/section/D/2/")


@pytest.mark.usefixtures("open_sets")
def test_a_file_with_something_switched_on_says_so_in_its_name():
    answer = Client().get(f"/code/section/D/{DAY}.json?with=meetings")

    assert b"every week" in answer.content
    name = answer.headers["Content-Disposition"]
    assert name == f'attachment; filename="section-d-{DAY}-with-meetings.json"'


def test_without_a_text_nothing_can_be_switched_on():
    assert "There is no text" in reason([])


def test_terms_and_previews_keep_what_is_switched_on():
    published(readable())
    longer = drafted("longer", lambda code: readable(days=10))
    save_change_set("longer", longer, base_version="46.0", by=None, at=AT)

    shown = page("/code/appendix/L/?with=longer")
    assert 'data-term="panel/?with=longer&amp;in=appendix/L"' in shown
    assert 'data-clause="/code/section/D/7.1(a)/?with=longer"' in shown
    term = page("/code/terms/final-report/?with=longer")
    assert "as it would read with longer switched on" in term
    assert "/code/section/D/7.2/?with=longer" in term
    assert "Not in force" not in page("/code/terms/final-report/")
    opened = Client().get("/code/section/D/7.1/?with=longer", headers={"HX-Target": "reader-panel"})
    assert "within 10 Working Days" in opened.content.decode()
    page("/code/terms/panel/?with=nothing", 404)


@pytest.mark.usefixtures("open_sets")
def test_a_page_says_of_which_class_the_proposals_are_that_it_names():
    classify_change_set("meetings", "green", by=None, at=AT)
    staff = staff_client()

    for address in ("/code/section/D/", "/code/section/D/2/", "/code/section/D/?with=meetings"):
        assert "This page is Green" in staff.get(address).content.decode(), address
    assert "This page is White" in page("/code/section/D/")
