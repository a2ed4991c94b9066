"""The pages: what is seen before it is done, what a stranger never sees, what is lost to nobody."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from engross.adapters.consultation_forms.tags import tag_of
from engross.apps.consultations import commands
from engross.apps.consultations.models import Consultation, Response, ResponseVersion
from engross.apps.dates.queries import calendar_of_the_code
from engross.apps.files.models import ReadLog, StoredFile
from engross.apps.parties.models import Party
from engross.core.consultations.questions import Given
from tests import factories
from tests.support import people
from tests.support.consulting import APPROVE, WORDS, answer, begun, drafted, opened
from tests.support.filled_forms import filled_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECRET = "our price is 421 pence"
YES = {"q1_choice": "Yes"}


@pytest.fixture
def staff():
    return people.staff_client()


@pytest.fixture
def row():
    """Return a consultation that opened today and is open for weeks."""
    by = people.person("Analyst", is_staff=True)
    row, today = drafted(by), timezone.localdate()
    closes_on = calendar_of_the_code().add_working_days(today, 15)
    commands.open_consultation(row, closes_on=closes_on, by=by, on=today, at=timezone.now())
    row.refresh_from_db()
    return row


@pytest.fixture
def ada():
    factories.party("P1", category="large-suppliers", name="Brightly Limited")
    user = people.person("Ada")
    people.member(user, "P1")
    return people.client_of(user)


def _begin(client, row, name="Zoe"):
    typed = {"name": name, "email": f"{name.lower()}@respondent.example"}
    return client.post(f"/consultations/{row.reference}/begin/", typed).url


def test_a_draft_is_there_for_staff_alone_and_opens_after_a_preview(staff):
    factories.proposal("MP209", raised_on="2022-06-10")
    begin = "/consultations/new/?proposal=MP209"
    assert begin in staff.get("/proposals/MP209/").text
    typed = {"kind": "modification-report", "title": "Longer posts", "proposal": "mp209",
             "summary": "They are short."}  # fmt: skip
    place = staff.post("/consultations/new/", typed).url
    assert Client().get(place).status_code == 404
    assert "Longer posts" not in Client().get("/consultations/").text
    today = timezone.localdate()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 35)
    refused = staff.post(f"{place}open/", {"closes_on": saturday})
    assert refused.status_code == 422
    assert "is no Working Day: it is a Saturday. Close it on Monday" in refused.text
    day = calendar_of_the_code().add_working_days(today, 15)
    seen = staff.post(f"{place}open/", {"closes_on": day}).text
    assert "15 Working Days, today not counted" in seen
    assert "No document comes with it." in seen
    assert Consultation.objects.get().state == "draft"
    staff.post(f"{place}open/", {"closes_on": day, "confirmed": "yes"})
    assert "Open for answers" in Client().get(place).text
    assert place in Client().get("/proposals/MP209/").text
    assert begin not in Client().get("/proposals/MP209/").text
    assert place in Client().get("/consultations/calendar.ics").text
    assert "CON001 opened: Longer posts" in Client().get("/consultations/feed.atom").text


def test_a_question_is_written_changed_and_taken_away(staff):
    drafted(people.person("Analyst", is_staff=True))
    typed = {"kind": "release", "asks": "Which release?", "answers": "June\nNovember"}
    staff.post("/consultations/CON001/questions/new/", typed)
    assert "June · November" in staff.get("/consultations/CON001/").text
    refused = staff.post("/consultations/CON001/questions/5/", {**typed, "answers": "June"})
    assert "nothing to choose from" in refused.text
    staff.post("/consultations/CON001/questions/5/remove/", {"confirmed": "yes"})
    assert "June · November" not in staff.get("/consultations/CON001/").text


def test_a_document_is_looked_at_before_it_is_kept(staff, row):
    place = f"/consultations/{row.reference}/documents/new/"
    bad = SimpleUploadedFile("plan.pdf", b"<html>", "application/pdf")
    assert staff.post(place, {"file": bad}).status_code == 422
    good = SimpleUploadedFile("plan.txt", b"The plan", "text/plain")
    staff.post(place, {"file": good})
    stored = StoredFile.objects.get()
    page = Client().get(f"/consultations/{row.reference}/").text
    assert f"/files/{stored.key}/plan.txt" in page


def test_an_answer_is_begun_saved_come_back_to_and_handed_in_once(row):
    link = _begin(Client(), row)
    somewhere_else = Client()
    assert somewhere_else.get(link)["Cache-Control"] == "private, no-store"
    somewhere_else.post(link, {"q4_words": "half a thought", "save": "", **_hidden(link)})
    assert "half a thought" in Client().get(link).text
    check = Client().post(link, {"q4_words": "done", "check": "", **_hidden(link)}).url
    assert "Question 1 is not answered" in Client().get(check).text
    Client().post(link, {**YES, "q4_words": "done", "check": "", **_hidden(link)})
    shown = Client().get(check).text
    assert "under the name Zoe" in shown
    sent = {**_hidden(check), "confirmed": "yes"}
    for _ in range(2):
        assert Client().post(check, sent).status_code == 302
    assert ResponseVersion.objects.filter(submitted_at__isnull=False).count() == 1
    assert "Handed in" in Client().get(link).text
    assert Client().get("/consultations/answers/nobody/").status_code == 404


def _hidden(address, client=None):
    """Return what the form on a page carries unseen: which version its writer saw."""
    page = (client or Client()).get(address).text
    found = re.findall(r'<input type="hidden" name="(version|saves)" value="(\d+)"', page)
    return dict(found)


def test_two_people_of_a_party_are_told_of_one_another_and_nothing_is_lost(row, ada):
    place = f"/consultations/{row.reference}/answer/?party=P1"
    seen = _hidden(place, ada)
    assert not Response.objects.exists()
    ada.post(place, {**YES, "q4_words": "from Ada", "save": "", **seen})
    other = people.person("Bob")
    people.member(other, "P1")
    bob = people.client_of(other)
    answered = bob.post(place, {"q1_choice": "No", "q4_words": "from Bob", "save": "", **seen})
    assert answered.status_code == 409
    assert "Ada saved this response" in answered.text
    assert "from Ada" in answered.text
    assert "from Bob" in answered.text
    again = dict(re.findall(r'name="(version|saves)" value="(\d+)"', answered.text))
    bob.post(place, {"q1_choice": "No", "q4_words": "from Bob", "save": "", **again})
    assert "from Bob" in ada.get(place).text
    assert "What your Party answered" in ada.get("/consultations/").text
    assert "What your Party answered" not in Client().get("/consultations/").text


def test_somebody_of_no_party_or_of_another_does_not_answer_for_it(row, ada):
    place = f"/consultations/{row.reference}/answer/?party=P1"
    assert Client().get(place).status_code == 302
    assert people.client_of(people.person("Eve")).get(place).status_code == 404


def test_a_filled_word_form_is_shown_before_it_is_saved_and_what_is_not_read_is_named(row):
    link = _begin(Client(), row)
    form = b"".join(Client().get(f"/consultations/{row.reference}/form.docx"))
    content = filled_in(form, {tag_of(1, "choice"): "Yes", tag_of(1, "words"): "It is brighter"},
                        beside="And greetings to all.")  # fmt: skip
    upload = io.BytesIO(content)
    upload.name = "our answer.docx"
    shown = Client().post(f"{link}upload/", {"file": upload}).text
    assert "1 answer was read. Nothing is saved yet" in shown
    assert "Outside the fields stands &#x27;And greetings to all.&#x27;" in shown
    assert "It is brighter" in shown
    assert not ResponseVersion.objects.exists()
    bad = SimpleUploadedFile("answer.docx", b"PK no", "application/zip")
    refused = Client().post(f"{link}upload/", {"file": bad})
    assert refused.status_code == 422
    assert "This is not a Word document" in refused.text


PUBLIC = ("", "responses/", "responses.csv", "responses.docx")


@pytest.mark.parametrize("is_published", [False, True])
def test_what_is_confidential_or_unnamed_is_nowhere_for_the_public(staff, ada, is_published):
    by = people.person("Analyst", is_staff=True)
    row = opened(by)
    given = {APPROVE: Given(choice="Yes"),
             WORDS: Given(words=SECRET, is_confidential=True)}  # fmt: skip
    party = Party.objects.get(key="P1")
    answer(commands.response_for_party(row, party, at=row.opened_at), given)
    hidden = begun(row, "Carol", organisation="Dim Limited")
    answer(hidden, {APPROVE: Given(choice="No", words="too dear")}, is_anonymous=True)
    commands.close_due_consultations(at=timezone.now())
    if is_published:
        staff.post("/consultations/CON001/publish/", {"confirmed": "yes"})
    addresses = [f"/consultations/CON001/{each}" for each in PUBLIC]
    addresses += ["/consultations/", "/consultations/feed.atom", "/consultations/calendar.ics",
                  "/api/v1/consultations", "/api/v1/consultations/CON001", "/proposals/MP209/",
                  "/api/v1/changes", "/search/?q=price", "/registers/"]  # fmt: skip
    for address in addresses:
        said = _said(Client().get(address))
        assert SECRET not in said, address
        assert "dim limited" not in said, address
        assert "carol" not in said, address
        assert ("too dear" in said) == ((is_published and "responses" in address)
                                        or (is_published and "consultations/CON001" in address
                                        and "api" in address)), address  # fmt: skip
    assert (SECRET in _said(ada.get("/consultations/CON001/responses/"))) == is_published
    read = staff.get("/consultations/CON001/collation/")
    assert {SECRET in read.text, "Dim Limited" in read.text} == {True}
    assert ReadLog.objects.filter(kind="consultation").exists()
    for form in ("csv", "xlsx", "docx"):
        assert SECRET in _said(staff.get(f"/consultations/CON001/collation.{form}"))


def _said(response):
    from tests.apps.test_access import words_in

    content = b"".join(response) if response.streaming else response.content
    found = words_in(content)
    return found if isinstance(found, str) else found.decode("utf-8", "replace")


def test_a_late_answer_is_decided_and_what_came_of_it_is_written(staff):
    row = opened(people.person("Analyst", is_staff=True))
    answer(begun(row, "Late"), {APPROVE: Given(choice="Yes")}, at=timezone.now())
    page = staff.get("/consultations/CON001/collation/").text
    place = re.search(r"/consultations/CON001/late/\d+/", page)[0]
    typed = {"decision": "taken", "reason": "Their mail was down"}
    assert "is marked as late" in staff.post(place, typed).text
    staff.post(place, {**typed, "confirmed": "yes"})
    staff.post("/consultations/CON001/publish/", {"confirmed": "yes"})
    staff.post(
        "/consultations/CON001/outcome/",
        {"conclusion": "It goes on.", "q1_said": "Yes, mostly", "q1_did": "Sent it on"},
    )
    said = Client().get("/consultations/CON001/").text
    assert {"It goes on." in said, "Yes, mostly" in said, "Sent it on" in said} == {True}
    assert "Late, taken in" in Client().get("/consultations/CON001/responses/").text


@pytest.mark.parametrize("page", ["", "responses/"])
def test_a_page_asks_the_same_few_questions_however_many_answered(
    page, django_assert_max_num_queries
):
    by = people.person("Analyst", is_staff=True)
    row = opened(by)
    for number in range(3):
        answer(begun(row, f"Ada{number}"), {APPROVE: Given(choice="Yes", words="<script>")})
    commands.publish_responses(row, by=by, at=timezone.now())
    with django_assert_max_num_queries(12):
        assert "<script>because" not in Client().get(f"/consultations/CON001/{page}").text


def test_formulas_of_a_respondent_are_text_in_a_spreadsheet(staff):
    row = opened(people.person("Analyst", is_staff=True))
    answer(begun(row, "Mal"), {APPROVE: Given(choice="Yes", words='=HYPERLINK("http://x")')})
    said = b"".join(staff.get("/consultations/CON001/collation.csv")).decode()
    assert ",=HYPERLINK" not in said
    assert ',"=HYPERLINK' not in said
