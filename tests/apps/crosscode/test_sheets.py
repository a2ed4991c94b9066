"""A month's sheet of all codes' changes: taken in once, compared, reviewed, and sent out."""

from datetime import UTC, date, datetime

import pytest

from engross.adapters.tables import read_upload, table_bytes
from engross.apps.crosscode import commands, queries
from engross.apps.crosscode.models import MonthlySheet, OtherChange, OtherChangeDetails
from engross.apps.crosscode.queries import ChangesAsked
from engross.apps.registers.queries import Asked, plain_rows, rows_to_export
from engross.apps.registers.registers import register_named
from engross.core.dates.months import Month
from engross.core.refusals import Refused
from engross.core.registers.cells import clean_text
from engross.core.registers.sheets import SheetRefused
from tests import factories

pytestmark = pytest.mark.django_db
MAY, JUNE = Month(2026, 5), Month(2026, 6)
NOW = datetime(2026, 6, 4, 9, tzinfo=UTC)
HEAD = ("Code", "Mod ref", "Title", "Status", "Impacted codes", "Last updated")
R216 = ("REC", "R0216", "Market messages", "Assessment", "SEC, DCUSA", "2026-05-01")
P375 = ("BSC", "P375", "Settlement", "Voting", "", "")
OWN = ("SEC", "MP312", "Ours", "Refine", "", "")


def take(month, *rows, at=NOW, head=HEAD, **more):
    lines = [(number, line) for number, line in enumerate((head, *rows), start=1)]
    return commands.take_sheet(month=month, file_name="cmr.csv", sha256="0" * 64, lines=lines,
                               by=None, at=at, **more)  # fmt: skip


def listed(**asked):
    return [row.change.label for row in queries.asked_changes(ChangesAsked(**asked))]


def test_a_sheet_fills_the_register_and_leaves_our_own_rows_to_us():
    taken = take(MAY, R216, P375, OWN)
    assert (taken.added, taken.own, taken.unusual) == (2, 1, ())
    assert listed() == ["REC R0216", "BSC P375"]
    assert listed(names_us=True) == ["REC R0216"]


def test_the_same_sheet_twice_changes_nothing():
    take(MAY, R216)
    again = take(MAY, R216)
    assert again.unchanged
    assert MonthlySheet.objects.count() == OtherChangeDetails.objects.count() == 1


def test_a_dry_run_tells_everything_and_stores_nothing():
    take(MAY, R216)
    told = take(JUNE, (*R216[:3], "Voting", *R216[4:]), P375, dry_run=True)
    assert (told.added, told.corrected) == (1, 1)
    assert told.diff.diff.added == ("bsc/P375",)
    assert MonthlySheet.objects.count() == OtherChangeDetails.objects.count() == 1


def test_months_are_compared_cell_by_cell_and_what_is_gone_is_told():
    take(MAY, R216, P375)
    take(JUNE, (*R216[:3], "Voting", *R216[4:]), ("BSC", "P376", "New", "", "", ""))
    found = queries.diff_of(JUNE)
    assert found.diff.added == ("bsc/P376",)
    assert found.diff.gone == ("bsc/P375",)
    assert [tuple(each) for each in found.diff.changes["rec/0216"]] == [
        ("stage", "Assessment", "Voting")
    ]
    assert listed(standing="gone") == ["BSC P375"]
    assert queries.diff_of(MAY).before is None


def test_a_sheet_of_an_earlier_month_is_kept_to_compare_and_corrects_nothing():
    take(JUNE, (*R216[:3], "Voting", *R216[4:]))
    late = take(MAY, R216)
    assert not late.is_newest
    assert OtherChangeDetails.objects.get().stage == "Voting"
    assert queries.diff_of(JUNE).diff.changes["rec/0216"][0].before == "Assessment"


def test_a_second_sheet_of_a_month_replaces_the_first_which_is_kept():
    take(MAY, R216)
    take(MAY, R216, P375)
    assert MonthlySheet.objects.count() == 2
    assert len(queries.months_taken()) == 1
    assert queries.diff_of(MAY).diff.added == ("bsc/P375", "rec/0216")


def test_an_issue_that_goes_on_as_a_change_stays_one_row():
    take(MAY, ("REC", "I0308", "Cross-code", "Verification", "", ""))
    taken = take(JUNE, ("REC", "R0308", "Cross-code", "Assessment", "", ""))
    assert (taken.added, taken.corrected) == (0, 1)
    assert OtherChange.objects.get().label == "REC R0308"


def test_every_bad_cell_is_told_under_the_sheets_own_heading_and_nothing_is_kept():
    with pytest.raises(SheetRefused) as refused:
        take(MAY, ("Moon", "M1", "x", "", "", ""), ("REC", "", "x", "", "", ""),
             (*R216[:5], "soon"), R216)  # fmt: skip
    assert [(each.row, each.column) for each in refused.value.problems] == [
        (2, "Code"),
        (3, "Reference"),
        (4, "Last updated"),
    ]
    assert not MonthlySheet.objects.exists()


def test_a_month_that_has_not_begun_is_refused():
    with pytest.raises(Refused, match="July 2026 has not begun"):
        take(Month(2026, 7), R216)


def test_a_review_stands_until_the_row_says_something_else(secretary):
    take(MAY, R216)
    change = OtherChange.objects.get()
    row = change.details.get()
    commands.review_change(change, finding="possible", grounds="It touches J1837", seen=row.pk,
                           by=secretary, at=NOW, on=NOW.date())  # fmt: skip
    assert listed(finding="possible") == ["REC R0216"]
    assert listed(finding="to-review") == []
    later = datetime(2026, 6, 5, 9, tzinfo=UTC)
    take(JUNE, (*R216[:5], "2026-06-01"), at=later)
    assert listed(finding="to-review") == []  # only the day of its row moved
    take(JUNE, (*R216[:3], "Voting", *R216[4:]), at=later.replace(hour=10))
    assert listed(finding="to-review") == ["REC R0216"]
    with pytest.raises(Refused, match="told differently since"):
        commands.review_change(change, finding="none", grounds="x", seen=row.pk,
                               by=secretary, at=later, on=later.date())  # fmt: skip


def test_two_reviews_on_a_day_leave_the_second(secretary):
    take(MAY, R216)
    change = OtherChange.objects.get()
    for finding in ("possible", "none"):
        commands.review_change(change, finding=finding, grounds="Looked at it", seen=None,
                               by=secretary, at=NOW, on=NOW.date())  # fmt: skip
    change.refresh_from_db()
    assert (change.finding, change.needs_review) == ("none", False)
    assert len(queries.change_seen(change).reviews) == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_our_own_sheet_read_back_says_what_the_record_says(form):
    factories.proposal("DP312", raised_on="2026-01-12", moves=[("define", "2026-01-12"),
                       ("refine", "2026-03-03")], title="=Formulas, and – dashes",
                       route="self-governance", proposer="Example Limited")  # fmt: skip
    factories.proposal("DP313", raised_on="2026-06-02", moves=[("define", "2026-06-02")])
    factories.record("proposal-impacts", [{"proposal": "MP312", "kind": "party-category",
                                           "affected": "Large Supplier"}])  # fmt: skip
    factories.record("proposal-links", [{"proposal": "MP312", "relation": "consequential-to",
                                         "other_code": "REC", "other": "R0216"}])  # fmt: skip
    rows = queries.own_rows(MAY, on=date(2026, 6, 4))
    assert [row["Reference"] for row in rows] == ["MP312"]
    assert rows[0]["Codes affected"] == "REC"
    assert rows[0]["Cross-code impact"] == "REC R0216"
    assert rows[0]["Last updated"] == date(2026, 3, 3)
    columns = queries.sheet_columns()
    upload = read_upload(f"cmr.{form}", table_bytes(form, "cmr", columns, rows))
    read = queries.read_month("cmr", upload.lines)
    assert read.own == 1
    header, line = (cells for _, cells in upload.lines)
    again = {name: clean_text(str(cell or "")) for name, cell in zip(header, line, strict=True)}
    assert again == {name: "" if value is None else str(value) for name, value in rows[0].items()}


def test_the_register_of_changes_is_written_and_read_back_exactly():
    take(MAY, R216, P375)
    register = register_named("cross-code-changes")
    rows = list(plain_rows(register, rows_to_export(register, Asked())))
    factories.record("cross-code-changes", [{name: row[name] for name in row if name != "entry"}
                                            for row in rows])  # fmt: skip
    assert OtherChangeDetails.objects.count() == 2
