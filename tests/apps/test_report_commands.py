"""A month's paper: what it refuses, what it was when, and that each register moves it."""

import errno
import io
import json
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from pypdf import PdfReader

from engross.adapters.papers import rendering
from engross.apps.registers.registers import all_registers, register_named
from engross.apps.reports.commands import issue_paper, keep_published, moved_since, write_report
from engross.apps.reports.models import IssuedPaper, PublishedFigures
from engross.apps.reports.queries import all_figures, asking_for, composed, issued_versions
from engross.core.dates.months import Month
from engross.core.refusals import Refused
from engross.core.reports.freezing import freeze, moved
from tests import factories
from tests.support.demonstration import TAKEN_IN_AT

PAPER = "operations-report"
SEPTEMBER = Month(2021, 9)
ON = date(2021, 11, 1)
LATER = TAKEN_IN_AT + timedelta(days=15)


@pytest.fixture
def month_end(demonstration, db):
    """Return nothing; the records stand as they were imported, and what a test changes goes."""


def count(name: str, **when) -> object:
    """Return what a figure of September 2021 says."""
    return asking_for(SEPTEMBER, on=ON, **when).figure(name).value


def end_one_membership(at: datetime) -> None:
    """Withdraw the category of a Party that was one at the end of September 2021."""
    register = register_named("party-categories")
    held = register.model.objects.known_at(None).held_on(SEPTEMBER.last_day)
    row = held.filter(category="small-suppliers").order_by("pk").first()
    factories.withdraw("party-categories", entry=row.entry, at=at)


class TestRefusing:
    @pytest.mark.parametrize("month", [Month(2021, 12), Month(2199, 1)])
    def test_a_month_that_has_not_begun(self, month_end, tmp_path, month):
        with pytest.raises(Refused, match="has not begun"):
            write_report(PAPER, month, tmp_path / "out", on=ON)
        assert not (tmp_path / "out").exists()

    def test_a_paper_that_the_code_does_not_have(self, month_end, tmp_path):
        with pytest.raises(LookupError, match="operations-report"):
            write_report("operation-report", SEPTEMBER, tmp_path / "out", on=ON)
        assert not (tmp_path / "out").exists()

    def test_a_format_that_no_paper_has(self, month_end, tmp_path):
        with pytest.raises(LookupError, match="docx"):
            write_report(PAPER, SEPTEMBER, tmp_path / "out", on=ON, formats=("doc",))
        assert not (tmp_path / "out").exists()

    def test_published_figures_of_an_unknown_paper(self, month_end):
        with pytest.raises(LookupError):
            keep_published("no-paper", SEPTEMBER, {}, file_name="x.json", by=None, at=LATER)
        assert not PublishedFigures.objects.exists()

    def test_a_folder_that_is_a_file(self, month_end, tmp_path):
        (tmp_path / "out").write_text("mine")
        with pytest.raises(Refused, match="cannot be written"):
            write_report(PAPER, SEPTEMBER, tmp_path / "out", on=ON, formats=("json",))
        assert (tmp_path / "out").read_text() == "mine"

    @pytest.mark.once
    @pytest.mark.parametrize("last", [1, 2, 3, 4])
    def test_a_disk_that_fills_leaves_everything_as_it_was(
        self, month_end, tmp_path, monkeypatch, last
    ):
        formats = ("html", "json")
        write_report(PAPER, Month(2021, 8), tmp_path, on=ON, formats=formats)
        before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
        assert len(before) == 4, "the paper and its attachment, in two formats each"
        calls = []

        def full(number: int) -> None:
            calls.append(number)
            if len(calls) == last:
                raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(rendering.os, "fsync", full)
        with pytest.raises(Refused, match="No space left on device"):
            write_report(PAPER, SEPTEMBER, tmp_path, on=ON, formats=formats)
        assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


class TestWhatWasKnownWhen:
    def test_a_correction_changes_what_is_known_and_not_what_was(self, month_end):
        before = count("parties.total")
        end_one_membership(LATER)
        assert count("parties.total") == before - 1
        assert count("parties.total", known_at=LATER.replace(day=19)) == before
        assert count("parties.total", known_at=LATER) == before - 1

    def test_nothing_was_known_before_anything_was_recorded(self, month_end):
        assert count("parties.total", known_at=TAKEN_IN_AT.replace(year=2020)) is None

    def test_a_paper_can_be_made_as_it_was_known(self, month_end, tmp_path):
        as_known = {}
        end_one_membership(LATER)
        for name, known_at in {"was": TAKEN_IN_AT, "is": None}.items():
            write_report(PAPER, SEPTEMBER, tmp_path / name, on=ON, known_at=known_at,
                         formats=("json",))  # fmt: skip
            content = json.loads((tmp_path / name / "report.json").read_text())
            as_known[name] = content["figures"]["parties.total"]["value"]
        assert as_known["was"] == as_known["is"] + 1

    def test_a_day_between_two_recordings_of_a_month_is_answered_as_at_its_end(self, month_end):
        early = asking_for(SEPTEMBER, on=date(2021, 9, 10))
        assert early.as_at == date(2021, 9, 10)
        assert asking_for(SEPTEMBER, on=ON).as_at == date(2021, 9, 30)


class TestIssuing:
    def issue(self, at: datetime = TAKEN_IN_AT, reason: str = "") -> IssuedPaper:
        return issue_paper(PAPER, SEPTEMBER, by=None, at=at, on=ON, reason=reason)

    def test_a_second_version_tells_what_moved_and_leaves_the_first(self, month_end):
        first = self.issue()
        kept = json.dumps(first.content, sort_keys=True)
        end_one_membership(LATER)
        second = self.issue(LATER, "A Party had left")

        assert (first.version, second.version) == (1, 2)
        assert first.sha256 != second.sha256
        changed = {each.figure: each for each in moved_since(first, second) if each.what == "value"}
        total = changed["parties.total"]
        assert total.was == total.now + 1
        assert json.dumps(IssuedPaper.objects.get(version=1).content, sort_keys=True) == kept

    def test_a_second_version_needs_a_reason_and_a_change(self, month_end):
        self.issue()
        with pytest.raises(Refused, match="needs a reason"):
            self.issue(LATER)
        with pytest.raises(Refused, match="Nothing has moved"):
            self.issue(LATER, "Once more")
        assert len(issued_versions(PAPER, SEPTEMBER)) == 1

    def test_a_paper_issued_again_says_its_version(self, month_end):
        self.issue()
        end_one_membership(LATER)
        self.issue(LATER, "A Party had left")
        assert composed(PAPER, SEPTEMBER, on=ON).head.version == 2


class TestNoRecords:
    # As the fourth format, Word's, cuts a text into runs, its words are taken out of the XML.
    def test_a_month_outside_what_is_kept_is_said_in_every_format(self, month_end, tmp_path):
        written = write_report(PAPER, Month(2021, 10), tmp_path, on=date(2021, 12, 1))
        files = {path.suffix: path.read_bytes() for path in written.files}
        pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files[".pdf"])).pages)
        with zipfile.ZipFile(io.BytesIO(files[".docx"])) as archive:
            word = archive.read("word/document.xml").decode()
        assert "no records" in files[".html"].decode().casefold()
        assert "no records" in " ".join(pdf.casefold().split())
        assert "no records" in word.casefold()
        figures = json.loads(files[".json"])["figures"]
        assert figures["parties.total"]["state"] == "no records"
        assert figures["parties.total"]["value"] is None
        assert not [name for name, each in figures.items()
                    if each["state"] == "no records" and each["value"] is not None]  # fmt: skip

    def test_an_empty_month_of_a_kept_register_is_0(self, month_end):
        october, name = Month(2021, 10), "parties.defaults_declared.in_month"
        assert asking_for(october, on=date(2021, 12, 1)).figure(name).value is None
        factories.keep("party-events", since="2021-10-01", at=LATER)
        assert asking_for(october, on=date(2021, 12, 1)).figure(name).value == 0


# Facts that pages show and no figure of a month counts.
NO_FIGURE = {
    "proposal-links", "proposal-impacts", "code-versions", "releases", "papers", "highlights",
    "holiday-corrections", "proposal-holds", "proposal-solutions", "proposal-costs",
    "proposal-objectives", "alternative-proposals", "proposal-documents", "seat-holdings",
    "cross-code-changes", "cross-code-reviews", "cross-code-groups", "cross-code-members",
    "priority-determinations",
}  # fmt: skip
# And what a demonstration has no rows of that count in these months.
NOT_COUNTED = {"sec": {"newsletter-issues"}, "example": {"proposal-tranches"}}
MONTHS = (SEPTEMBER, Month(2018, 2))
MOST_TRIED = 40


def frozen() -> list[dict]:
    """Return every figure of the months that the demonstrations are of, as plain values."""
    return [freeze(all_figures(asking_for(month, on=ON)).values()) for month in MONTHS]


@pytest.mark.parametrize(
    "demonstration", [pytest.param("sec", marks=pytest.mark.once), "example"], indirect=True
)
def test_withdrawing_one_row_of_a_register_moves_a_figure(demonstration, db):
    before, unmoved = frozen(), set()
    for register in all_registers():
        # What happens after these months, step by step, came by no import.
        imported = register.model.objects.known_at(None).filter(import_run__isnull=False)
        rows = imported.order_by("-pk")
        if register.name in NO_FIGURE or not rows.exists():
            continue
        if not any(_moves_a_figure(register.name, row.entry, before) for row in rows[:MOST_TRIED]):
            unmoved.add(register.name)
    assert unmoved == NOT_COUNTED[demonstration]


def _moves_a_figure(register: str, entry: object, before: list[dict]) -> bool:
    with transaction.atomic():
        try:
            factories.withdraw(register, entry=entry, at=LATER)
        except Refused:
            return False
        found = [
            each for was, now in zip(before, frozen(), strict=True) for each in moved(was, now)
        ]
        transaction.set_rollback(True)
    return bool(found)


@pytest.mark.parametrize("demonstration", ["sec", "example"], indirect=True)
def test_a_highlight_and_a_paper_withdrawn_leave_the_paper_they_stood_in(demonstration, db):
    register = register_named("highlights").model.objects.known_at(None)
    row = register.filter(paper=PAPER, month=SEPTEMBER.first_day, paper_class="white").first()
    words = row.text[:40]
    assert words in json.dumps(_blocks(), ensure_ascii=False)
    factories.withdraw("highlights", entry=row.entry, at=LATER)
    assert words not in json.dumps(_blocks(), ensure_ascii=False)


def _blocks() -> object:
    from engross.adapters.papers.json_out import paper_data

    return paper_data(composed(PAPER, SEPTEMBER, on=ON))["blocks"]
