"""The pages of work across codes: seen before it is recorded, by staff alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from engross.apps.crosscode.models import ImpactReview, MonthlySheet, PriorityDetermination
from engross.apps.crosscode.views import sheets
from tests import factories
from tests.support.people import staff_client

pytestmark = pytest.mark.django_db
CSV = b"Code,Reference,Title,Status,Codes affected\nREC,R0216,Messages,Voting,SEC\nSEC,MP1,Ours,,\n"
HIDDEN = 'name="sheet" value="'


def text(answer, status=200):
    assert answer.status_code == status, answer
    return answer.content.decode()


def upload(client, content=CSV, month="2026-06"):
    file = SimpleUploadedFile("cmr.csv", content)
    return client.post("/cross-code/months/take-in/", {"month": month, "file": file})


def signed(page):
    return page.split(HIDDEN)[1].split('"')[0]


def test_a_sheet_is_seen_before_it_is_taken_in():
    staff = staff_client()
    page = text(upload(staff))
    assert "New changes: 1." in page
    assert "Rows of this code, passed over: 1." in page
    assert not MonthlySheet.objects.exists()
    confirmed = {"confirmed": "yes", "sheet": signed(page)}
    done = staff.post("/cross-code/months/take-in/", confirmed)
    assert done.url == "/cross-code/months/2026-06/"
    assert "REC R0216" in text(staff.get(done.url))
    assert "Nothing: this very sheet is there already" in text(upload(staff))


def test_a_preview_that_was_changed_or_is_too_old_takes_nothing_in(monkeypatch):
    staff = staff_client()
    packed = signed(text(upload(staff)))
    for sheet in (f"{packed}x", ""):
        answer = staff.post("/cross-code/months/take-in/", {"confirmed": "yes", "sheet": sheet})
        assert "Upload the file again" in text(answer, 422)
    monkeypatch.setattr(sheets, "LONGEST_SECONDS", -1)
    late = staff.post("/cross-code/months/take-in/", {"confirmed": "yes", "sheet": packed})
    assert "Upload the file again" in text(late, 422)
    assert not MonthlySheet.objects.exists()


@pytest.mark.parametrize(
    ("content", "month", "words"),
    [
        (b"Code,Reference,Title\nMoon,M1,x\n", "2026-06", "column Code: expected one of SEC"),
        (b"Code,Referenz,Title\n", "2026-06", "a heading of the sheet: Reference"),
        (CSV, "2999-01", "has not begun"),
        (b"PK\x03\x04broken", "2026-06", "Nothing was taken in"),
        (CSV, "June", "Give year and month"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_told_and_nothing_is_kept(content, month, words):
    assert words in text(upload(staff_client(), content, month), 422)
    assert not MonthlySheet.objects.exists()


def test_a_review_is_seen_before_it_is_recorded_and_is_public():
    staff = staff_client()
    staff.post("/cross-code/months/take-in/", {"confirmed": "yes",
               "sheet": signed(text(upload(staff)))})  # fmt: skip
    place = "/cross-code/changes/rec/r0216/"
    seen = text(staff.get(f"{place}review/")).split('name="seen" value="')[1].split('"')[0]
    typed = {"finding": "impact", "grounds": "It changes J1837", "seen": seen}
    assert "is found to have: Impact" in text(staff.post(f"{place}review/", typed))
    assert not ImpactReview.objects.exists()
    staff.post(f"{place}review/", {**typed, "confirmed": "yes"})
    factories.proposal("DP312")
    factories.record("proposal-links", [{"proposal": "DP312", "relation": "related",
                                         "other_code": "rec", "other": "R 0216"}])  # fmt: skip
    public = text(staff.__class__().get(place))
    assert "It changes J1837" in public
    assert "MP312</a> is related to it" in public
    assert "REC R0216" in text(staff.get("/cross-code/?finding=impact&names_us=on"))
    assert "Nothing matches" in text(staff.get("/cross-code/?finding=to-review"))


def test_priorities_are_given_to_several_at_once_after_a_look(client):
    for number in (310, 311):
        factories.proposal(f"DP{number}", raised_on="2026-01-12", moves=[("define", "2026-01-12")])
    staff, today = staff_client(), timezone.localdate()
    typed = {"proposals": ["0310", "0311"], "category": "high", "complexity": "low",
             "importance": "high", "time-sensitivity": "low", "grounds": "It saves a visit",
             "determined_on": today.isoformat()}  # fmt: skip
    assert "DP310, DP311: the priority is High" in text(staff.post("/priorities/give/", typed))
    assert not PriorityDetermination.objects.exists()
    staff.post("/priorities/give/", {**typed, "confirmed": "yes"})
    assert PriorityDetermination.objects.count() == 2
    review_by = PriorityDetermination.objects.first().review_by
    assert (review_by.year - today.year) * 12 + review_by.month - today.month == 6
    assert "It saves a visit" in text(client.get("/proposals/DP310/"))
    assert "High" in text(client.get("/proposals/"))
    rows = client.get("/api/v1/proposals?priority=high").json()["rows"]
    assert [row["priority"] for row in rows] == ["high", "high"]
    without = {**typed, "grounds": "", "complexity": ""}
    assert "This field is required" in text(staff.post("/priorities/give/", without), 422)


def test_our_own_rows_of_a_month_are_a_public_file(client):
    factories.proposal("DP312", raised_on="2021-01-12", moves=[("define", "2021-01-12")])
    answer = client.get("/cross-code/our-sheet/2021-09.csv")
    assert "SEC,DP312" in text(answer)
    assert client.get("/cross-code/our-sheet/2999-01.csv").status_code == 404
    assert client.get("/cross-code/our-sheet/2021-13.csv").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/cross-code/months/June/", "/cross-code/months/2021-01/", "/cross-code/groups/none/",
     "/cross-code/changes/moon/M1/", "/cross-code/changes/sec/MP1/"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_missing(client, path):
    assert client.get(path).status_code == 404
