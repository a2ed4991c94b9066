"""The pages on which staff draft, compose, decide, publish and withdraw."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from engross.adapters.legaltext.word_writing import write_redline
from engross.apps.accounts.models import User
from engross.apps.legaltext.commands import publish_version
from engross.apps.legaltext.queries import code_as_at, code_of_version
from engross.apps.releases.commands import save_change_set
from engross.apps.releases.models import ChangeSet, Composition, Tranche
from engross.apps.releases.queries import change_set_of, latest_version
from engross.core.legaltext.aligning import align
from engross.core.legaltext.applying import apply
from engross.core.legaltext.provisions import Code
from tests import factories
from tests.support.composing import AT, BASE, drafted, reworded, saved
from tests.support.stored_texts import without_ids

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WEEKLY, YEARLY = "The Panel shall meet every week.", "The Panel shall meet every year."
RELEASE = "/releases/June/"


@pytest.fixture
def staff(secretary: User) -> Client:
    client = Client()
    client.force_login(secretary)
    return client


@pytest.fixture
def text() -> Code:
    """Publish a text, with two approved proposals in the scope of a release to come."""
    on = AT.date() - timedelta(days=10)
    publish_version("46.0", BASE, effective_on=on, by=None, at=AT, whole=True)
    factories.release("June", timezone.localdate() + timedelta(days=30))
    for key in ("MP078", "MP079"):
        factories.proposal(key, raised_on="2021-01-04", moves=[("release", "2021-02-01")])
        row = {"release": "June", "proposal": key, "decided_on": "2021-03-01", "body": "csc"}
        factories.record("release-scopes", [row])
    return code_of_version("46.0") or Code()


def word(text: Code, number: str, words: str) -> BytesIO:
    """Return a Word file with tracked changes that rewords a clause."""
    only = Code(tuple(each for each in text.documents if each.document == "Section D"))
    file = BytesIO(write_redline(align(only, reworded(only, number, words)), author="Someone"))
    file.name = "draft.docx"
    return file


def given(**more: object) -> dict[str, object]:
    return {"name": "mp078", "title": "Meet weekly", "proposal": "MP078", "base_version": "46.0",
            "document": "Section D", "note": "First draft", **more}  # fmt: skip


def hidden(answer) -> dict[str, str]:
    return {key: str(value) for key, value in answer.context["hidden"].items()}


def test_a_word_file_is_seen_before_it_is_saved(staff, text):
    seen = staff.post("/draft-change-set/", given(file=word(text, "D2", WEEKLY)))
    shown = seen.content.decode()
    assert seen.status_code == 200
    assert "mp078 gets version 1 for MP078" in shown
    assert "does not read as the text" not in shown
    assert not ChangeSet.objects.exists()
    staff.post("/draft-change-set/", {**hidden(seen), "confirmed": "yes"})
    made = latest_version("mp078")
    result = apply(text, change_set_of(made)).code
    assert without_ids(result) == reworded(BASE, "D2", WEEKLY)
    assert "First draft" in staff.get("/change-sets/mp078/").content.decode()


def test_a_file_off_its_base_is_told_and_one_that_is_no_text_is_refused(staff, text):
    other = reworded(text, "D3", "Something else altogether stood here.")
    told = staff.post("/draft-change-set/", given(file=word(other, "D2", WEEKLY)))
    assert "does not read as the text that it is drafted on: it differs at D3" in (
        told.content.decode()
    )
    file = BytesIO(b"%PDF-1.7")
    file.name = "draft.pdf"
    refused = staff.post("/draft-change-set/", given(file=file))
    assert refused.status_code == 422
    assert "is a PDF, not a text" in refused.content.decode()
    assert staff.post("/draft-change-set/", given()).status_code == 422


def test_the_second_of_two_sees_what_changed_and_saves_both(staff, text):
    saved("mp078", "D2", WEEKLY)
    saved("mp078", "E1", "Each Party shall pay.", seen=1)
    first = staff.post("/draft-change-set/", given(seen=1, file=word(text, "D1", "Anyone may.")))
    both = staff.post("/draft-change-set/", {**hidden(first), "confirmed": "yes"})
    assert "saved version 2 of mp078 since you opened it" in both.content.decode()
    staff.post("/draft-change-set/", {**hidden(both), "confirmed": "yes"})
    assert latest_version("mp078").number == 3


def test_the_second_of_two_who_differ_sees_all_sides(staff, text):
    saved("mp078", "D1", "Some may.")
    saved("mp078", "D2", YEARLY, seen=1)
    first = staff.post("/draft-change-set/", given(seen=1, file=word(text, "D2", WEEKLY)))
    answer = staff.post("/draft-change-set/", {**hidden(first), "confirmed": "yes"})
    assert answer.status_code == 409
    assert "the version saved meanwhile" in answer.content.decode()
    assert latest_version("mp078").number == 2


def test_a_set_on_an_older_text_says_so_and_is_rebased(staff, text):
    saved("mp078", "D2", WEEKLY)
    later = reworded(text, "D1", "Anyone may.")
    publish_version("47.0", later, effective_on=AT.date() + timedelta(days=1), by=None,
                    at=AT + timedelta(days=1), whole=True)  # fmt: skip
    assert "It is drafted on an older text." in staff.get("/change-sets/mp078/").content.decode()
    preview = staff.get("/change-sets/mp078/rebase/").content.decode()
    assert "drafted on version 47.0 instead of 46.0" in preview
    staff.post("/change-sets/mp078/rebase/", {"confirmed": "yes"})
    assert latest_version("mp078").base_version.key == "47.0"


def test_a_class_is_kept_and_a_set_is_parted(staff, text):
    both = drafted(
        "mp078", lambda code: reworded(reworded(code, "D2", WEEKLY), "E1", "Each Party pays.")
    )
    save_change_set("mp078", both, base_version="46.0", by=None, at=AT)
    staff.post("/change-sets/mp078/classify/", {"paper_class": "amber"})
    assert ChangeSet.objects.get().paper_class == "amber"
    assert Client().get("/change-sets/mp078/").status_code == 404
    page = staff.get("/change-sets/mp078/part/").content.decode()
    assert "Section D2: reworded" in page
    parts = {"bundle_0": "1", "bundle_1": "2", "seen": "1", "note": "Systems come later"}
    staff.post("/change-sets/mp078/part/", parts)
    made = ChangeSet.objects.filter(part_of__isnull=False)
    assert [each.paper_class for each in made] == ["amber", "amber"]
    assert "It is parted into tranches" in staff.get("/change-sets/mp078/").content.decode()


def test_a_release_with_a_conflict_is_composed_decided_published_and_withdrawn(staff, text):
    saved("mp078", "D2", WEEKLY, proposal="MP078")
    saved("mp079", "D2", YEARLY, proposal="MP079")
    page = staff.get(f"{RELEASE}compose/").content.decode()
    assert "mp078 (MP078): approved, in scope" in page
    chosen = {"change_sets": ["mp078", "mp079"], "base_version": "46.0", "note": ""}
    address = staff.post(f"{RELEASE}compose/", chosen)["Location"]
    shown = staff.get(address).content.decode()
    assert "Decide Section D2" in shown
    assert "has 1 conflict that nobody has decided" in shown
    conflict = Composition.objects.get().conflicts.get().conflict
    decide = f"{address}conflicts/{conflict}/"
    assert "every" in staff.get(decide).content.decode()
    unsaid = staff.post(decide, {"take": "given", "given": " ", "reason": "x"})
    assert unsaid.status_code == 422
    own = {"take": "given", "given": "The Panel shall meet every day.", "reason": "A compromise"}
    staff.post(decide, own)
    assert "Own words, by Secretary" in staff.get(address).content.decode()
    form = {"version": "47.0", "effective_on": str(timezone.localdate() + timedelta(days=30)),
            "published_on": str(timezone.localdate()), "reason": ""}  # fmt: skip
    preview = staff.post(f"{address}publish/", form).content.decode()
    assert "It changes Section D (now 1.0)" in preview
    assert "MP078 and MP079 are noted as implemented" in preview
    staff.post(f"{address}publish/", {**form, "confirmed": "yes"})
    on = timezone.localdate() + timedelta(days=30)
    assert "every day" in str(code_as_at(on=on))
    assert Client().get(f"{RELEASE}document/").status_code == 200
    draft = Client().get(f"{RELEASE}document.json").content.decode()
    assert "A compromise" in draft
    assert "Secretary" not in draft
    staff.post(f"{address}withdraw/", {"confirmed": "yes", "reason": "An appeal"})
    assert "every day" not in str(code_as_at(on=on))
    assert "An appeal" in staff.get(address).content.decode()
    assert Client().get(f"{RELEASE}document/").status_code == 404
    assert not Tranche.objects.known_at(None).filter(version__isnull=False).exists()


def test_days_out_of_order_are_refused_before_anything_happens(staff, text):
    saved("mp078", "D2", WEEKLY, proposal="MP078")
    chosen = {"change_sets": ["mp078"], "base_version": "46.0"}
    address = staff.post(f"{RELEASE}compose/", chosen)["Location"]
    yesterday = str(timezone.localdate() - timedelta(days=1))
    form = {"version": "47.0", "effective_on": yesterday,
            "published_on": str(timezone.localdate())}  # fmt: skip
    preview = staff.post(f"{address}publish/", form)
    assert preview.status_code == 422
    assert "before it is published" in preview.content.decode()
    again = staff.post(f"{address}publish/", {**form, "confirmed": "yes"})
    assert again.status_code == 422
    assert code_of_version("47.0") is None


def test_the_release_page_shows_scope_and_windows_and_compositions_to_staff(staff, text):
    saved("mp078", "D2", WEEKLY, proposal="MP078")
    staff.post(f"{RELEASE}compose/", {"change_sets": ["mp078"], "base_version": "46.0"})
    shown = staff.get(RELEASE).content.decode()
    assert "In scope" in shown
    assert f"{RELEASE}compositions/1/" in shown
    assert f"{RELEASE}compositions/1/" not in Client().get(RELEASE).content.decode()
    assert "Windows ahead" in Client().get("/releases/").content.decode()
    assert "decided by the Change Sub-Committee" in (
        Client().get("/proposals/MP078/").content.decode()
    )
